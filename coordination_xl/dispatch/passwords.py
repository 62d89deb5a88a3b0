"""The passwords of mail servers: from the environment or the system's keyring, never from a workbook. Source: SPEC section 3.

The address of a server may come from a workbook, and a workbook from anybody. The keyring keeps a password under its account; a
variable gives it to any server, unless a second variable says whose it is.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coordination_xl.errors import SecretMissing
from coordination_xl.ledger.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.dispatch.servers import Server

SERVICE = "coordination-xl"
"""What the keyring keeps them under; the user is ``user@host``."""


def password_of(server: Server, environ: Mapping[str, str] | None = None) -> str:
    """The password to log in with; ``""`` where nobody logs in.

    Args:
        server: whose; its scheme says which variable.
        environ: the environment; the process's own where it is not given.

    Raises:
        SecretMissing: it is nowhere, or the variable's is of another account.
    """
    if not server.user:
        return ""
    environ = os.environ if environ is None else environ
    variable, owner = variable_of(server), environ.get(account_variable_of(server), "").strip()
    is_foreign = bool(owner) and _folded(owner) != _folded(server.account)
    known = ("" if is_foreign else environ.get(variable)) or _from_keyring(server.account)
    if known:
        return known
    keyring = f"安装 coordination-xl[keyring] 后运行：keyring set {SERVICE} {server.account}"
    if is_foreign and environ.get(variable):
        raise SecretMissing(
            f"邮件服务器 {server}",
            f"环境变量 {variable} 的密码只用于 {owner}，没有交给 {server.account}",
            f"核对“参数”里的服务器地址；确要登录 {server.account} 的，改环境变量 {account_variable_of(server)}；或{keyring}",
        )
    raise SecretMissing(
        f"邮件服务器 {server}", f"没有找到 {server.user} 的密码", f"设置环境变量 {variable}；或{keyring}"
    )


def variable_of(server: Server) -> str:
    """The environment variable that may hold the password."""
    return f"COORDINATION_XL_{_trade(server)}_PASSWORD"


def account_variable_of(server: Server) -> str:
    """The environment variable that may say whose that password is: ``user@host``; unset, it is anybody's."""
    return f"COORDINATION_XL_{_trade(server)}_ACCOUNT"


def _trade(server: Server) -> str:
    return server.scheme.removesuffix("s").upper()


def _folded(account: str) -> str:
    """An account as it is compared: servers' names know no capitals, and may be written in letters of any script."""
    user, _, host = fold(account).rpartition("@")
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:  # no name of a server, so that of none
        return account
    return f"{user}@{host.casefold()}"


def _from_keyring(account: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:  # the extra is not installed
        return ""
    try:
        return keyring.get_password(SERVICE, account) or ""
    except KeyringError:  # no keyring on this system, or locked: what to do instead is said either way
        return ""
