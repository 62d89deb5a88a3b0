"""A mailbox behind a real Dovecot: its own configuration, ports and certificate, gone when the test is over."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from tests.dispatch.post_office import free_port

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from tests.dispatch.secure_servers import Authority

PROGRAM = "/usr/sbin/dovecot"
OWNER = ("mail", "mail")
USER, PASSWORD = "xietiao", 's3cret "word" %'
READY = 20.0


@dataclass(frozen=True)
class MailStore:
    """A mailbox that is served.

    Attributes:
        folder: all its files.
        starttls: the port that begins in the clear.
        implicit: the port that is encrypted at once.
        trusted: the certificates to believe.
    """

    folder: Path
    starttls: int
    implicit: int
    trusted: ssl.SSLContext

    @property
    def maildir(self) -> Path:
        return self.folder / "mail" / USER

    def url(self, scheme: str = "imaps", *, user: str = USER, folder: str = "", host: str = "localhost") -> str:
        port = self.implicit if scheme == "imaps" else self.starttls
        return f"{scheme}://{user}@{host}:{port}{'/' if folder else ''}{folder}"

    def put(self, *contents: bytes, kept: float, mailbox: str = "") -> None:
        """Lay mails into a mailbox, as ones that came at a moment (seconds since 1970)."""
        place = self.maildir / (f".{mailbox}" if mailbox else "")
        for each in ("new", "cur", "tmp"):
            (place / each).mkdir(parents=True, exist_ok=True)
            shutil.chown(place / each, *OWNER)
        shutil.chown(place, *OWNER)
        begun = len(list((place / "new").iterdir()))
        for number, content in enumerate(contents, start=begun):
            path = place / "new" / f"{int(kept)}.{number:06}.test"
            path.write_bytes(content)
            os.utime(path, (kept, kept))
            shutil.chown(path, *OWNER)

    def marks(self) -> list[tuple[str, str, bytes]]:
        """Folder, name with its flags, and content of every mail: one that was seen would move to ``cur`` and bear ``S``."""
        return sorted((path.parent.name, path.name, path.read_bytes()) for path in self.maildir.glob("**/*.test*"))

    def clear(self) -> None:
        """Take all mails out."""
        shutil.rmtree(self.maildir)
        self.maildir.mkdir()
        shutil.chown(self.maildir, *OWNER)


@contextmanager
def serving(authority: Authority) -> Iterator[MailStore]:
    """Run one."""
    if not Path(PROGRAM).exists() or not Path("/usr/lib/dovecot/imap").exists():
        pytest.skip("needs /usr/sbin/dovecot with imap (Debian: dovecot-imapd)")
    if os.geteuid() != 0:
        pytest.skip(f"{PROGRAM} has to be started by root")
    folder = Path(mkdtemp(prefix="dovecot-imap-"))
    folder.chmod(0o755)
    store = MailStore(folder, free_port(), free_port(), authority.trusted)
    store.maildir.mkdir(parents=True)
    for path in (store.maildir.parent, store.maildir):
        shutil.chown(path, *OWNER)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
    told = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True).stdout
    version = re.match(r"\d+\.\d+(\.\d+)?", told)[0]
    is_new = tuple(map(int, version.split(".")[:2])) >= (2, 4)
    facts = {"folder": folder, "pki": authority.folder, "starttls": store.starttls, "implicit": store.implicit}
    (folder / "conf").write_text((_NEW if is_new else _OLD).format(version=version, **facts))
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [PROGRAM, "-F", "-c", str(folder / "conf")], stdout=log, stderr=log, stdin=subprocess.DEVNULL
        ) as process,
    ):
        try:
            _wait(process, store)
            yield store
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
    shutil.rmtree(folder)


def _wait(process: subprocess.Popen[bytes], store: MailStore) -> None:
    end = time.monotonic() + READY
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", store.starttls), 1) as connection:
                connection.settimeout(5)
                if connection.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"dovecot did not start:\n{(store.folder / 'log').read_text()}")


_SHARED = """
auth_failure_delay = 0
base_dir = {folder}/run
log_path = /dev/stderr
listen = 127.0.0.1
ssl = yes
default_internal_user = mail
default_internal_group = mail
default_login_user = nobody
first_valid_uid = 1
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {implicit}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
"""
_OLD = (
    _SHARED
    + """
protocols = imap
state_dir = {folder}/state
ssl_cert = <{pki}/server.crt
ssl_key = <{pki}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u allow_all_users=yes
}}
"""
)
_NEW = (
    "dovecot_config_version = {version}\ndovecot_storage_version = {version}\n"
    + _SHARED
    + """
protocols {{
  imap = yes
}}
namespace inbox {{
  inbox = yes
}}
state_dir = {folder}/state
ssl_server_cert_file = {pki}/server.crt
ssl_server_key_file = {pki}/server.key
auth_allow_cleartext = no
auth_mechanisms = plain login
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
passdb passwd-file {{
  passwd_file_path = {folder}/users
}}
userdb static {{
  fields {{
    uid = mail
    gid = mail
    home = {folder}/mail/%{{user}}
  }}
}}
"""
)
