"""The passwords of mail servers: from the environment or the system's keyring, never from a workbook. Source: SPEC section 3."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coordination_xl.errors import SecretMissing

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
        SecretMissing: it is nowhere.
    """
    if not server.user:
        return ""
    variable = variable_of(server)
    known = (os.environ if environ is None else environ).get(variable) or _from_keyring(server.account)
    if known:
        return known
    raise SecretMissing(
        f"邮件服务器 {server}",
        f"没有找到 {server.user} 的密码",
        f"设置环境变量 {variable}；或安装 coordination-xl[keyring] 后运行：keyring set {SERVICE} {server.account}",
    )


def variable_of(server: Server) -> str:
    """The environment variable that may hold the password."""
    return f"COORDINATION_XL_{server.scheme.removesuffix('s').upper()}_PASSWORD"


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
