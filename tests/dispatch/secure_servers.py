"""Mail servers that encrypt and ask for a password: aiosmtpd in this process, Dovecot's and OpenSMTPD's as Debian has them.

All hand what they take to a :class:`~tests.dispatch.post_office.PostOffice`, which counts. Each has its own ports, its own files,
and a certificate of a test authority for ``localhost``.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from filelock import FileLock

from tests.dispatch.post_office import PostOffice, free_port, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

USER, PASSWORD = "xietiao", "s3cret & 100% ="


@dataclass(frozen=True)
class Secure:
    """A server to be sent to.

    Attributes:
        office: where the mails arrive.
        password: of :data:`USER`.
        starttls: its port that begins in the clear.
        implicit: its port that is encrypted at once; 0 for none.
    """

    office: PostOffice
    password: str
    starttls: int
    implicit: int

    def url(self, scheme: str, user: str = USER, host: str = "localhost") -> str:
        port = self.implicit if scheme == "smtps" else self.starttls
        return f"{scheme}://{user}{'@' if user else ''}{host}:{port}"

    def wait_for(self, count: int) -> list[tuple[str, str]]:
        """What arrived, when so many mails did."""
        end = time.monotonic() + 15
        while len(self.office.got) < count and time.monotonic() < end:
            time.sleep(0.02)
        return self.office.got


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test's own, and what it signed.

    Attributes:
        folder: with ``ca.crt``, ``server.crt``, ``server.key``.
    """

    folder: Path

    @property
    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "ca.crt"))

    @classmethod
    def make(cls, folder: Path) -> Authority:
        if shutil.which("openssl") is None:
            pytest.skip("needs the program openssl")

        def run(*words: str) -> None:
            subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

        key = ("-newkey", "rsa:2048", "-nodes")
        run("req", "-x509", *key, "-days", "2", "-subj", "/CN=test authority", "-keyout", "ca.key", "-out", "ca.crt")
        run("req", *key, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
        (folder / "names").write_text("subjectAltName=DNS:localhost\n")
        signing = ("-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names")
        run("x509", "-req", "-in", "server.csr", *signing, "-out", "server.crt")
        (folder / "server.key").chmod(0o600)
        return cls(folder)


@contextmanager
def aiosmtpd(authority: Authority) -> Iterator[Secure]:
    """Python's server; encryption by STARTTLS and at once, login by either."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.folder / "server.crt", authority.folder / "server.key")

    def check(server, session, envelope, mechanism, data):  # noqa: ARG001 - as aiosmtpd calls it
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)

    office = PostOffice()
    kind = {"hostname": "127.0.0.1", "authenticator": check, "auth_required": True, "ident": "test"}
    clear = Controller(office, port=free_port(), tls_context=context, require_starttls=True, **kind)
    hidden = Controller(office, port=free_port(), ssl_context=context, auth_require_tls=False, **kind)
    with ExitStack() as stack:
        for each in (clear, hidden):
            each.start()
            stack.callback(each.stop)
        yield Secure(office, PASSWORD, clear.port, hidden.port)


_DOVECOT = """
base_dir = {run}
state_dir = {run}
log_path = {folder}/log
protocols = submission
listen = 127.0.0.1
hostname = localhost
ssl = yes
ssl_cert = <{pki}/server.crt
ssl_key = <{pki}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
mail_location = maildir:{folder}/home
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {starttls}
  }}
  inet_listener submissions {{
    port = {implicit}
    ssl = yes
  }}
}}
"""


@contextmanager
def dovecot(authority: Authority) -> Iterator[Secure]:
    """Dovecot's submission server, which takes mails and relays them at once."""
    program = "/usr/sbin/dovecot"
    _need(program, "/usr/lib/dovecot/submission", package="dovecot-submissiond")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("2.3"):
        pytest.skip(f"its configuration is written for Dovecot 2.3, here is {version.split()[0]}")
    folder = Path(mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    (folder / "home").mkdir()
    shutil.chown(folder / "home", "nobody", "nogroup")
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    with opened() as office:
        secure = Secure(office, PASSWORD, free_port(), free_port())
        facts = {"relay": office.port, "starttls": secure.starttls, "implicit": secure.implicit}
        config = _DOVECOT.format(folder=folder, run=folder / "run", pki=authority.folder, **facts)
        (folder / "conf").write_text(config)
        try:
            with _running([program, "-F", "-c", str(folder / "conf")], secure):
                yield secure
        finally:
            shutil.rmtree(folder)


_OPENSMTPD = """
pki here cert "{pki}/server.crt"
pki here key "{pki}/server.key"
table people {{ "{user}" = "{secret}" }}
listen on 127.0.0.1 port {starttls} tls pki here auth-optional <people> hostname localhost
listen on 127.0.0.1 port {implicit} smtps pki here auth <people> hostname localhost
action "on" relay host smtp://127.0.0.1:{relay}
match from any for any action "on"
"""


@contextmanager
def opensmtpd(authority: Authority) -> Iterator[Secure]:
    """OpenSMTPD, which queues what it takes and relays it then."""
    program = "/usr/sbin/smtpd"
    _need(program, package="opensmtpd")
    secret = subprocess.run(["smtpctl", "encrypt", PASSWORD], capture_output=True, text=True, check=True).stdout.strip()
    folder = Path(mkdtemp(prefix="opensmtpd-"))
    with FileLock(Path(gettempdir()) / "opensmtpd-in-tests.lock"), opened() as office:  # it knows one queue a machine
        secure = Secure(office, PASSWORD, free_port(), free_port())
        facts = {"relay": office.port, "starttls": secure.starttls, "implicit": secure.implicit}
        (folder / "conf").write_text(_OPENSMTPD.format(pki=authority.folder, user=USER, secret=secret, **facts))
        try:
            with _running([program, "-d", "-f", str(folder / "conf")], secure):
                yield secure
        finally:
            shutil.rmtree(folder)


def can_encrypt(secure: Secure) -> bool:
    """Whether the server's own encryption works, by another program: OpenSMTPD 6.8 fails with OpenSSL 3, its issue 1171."""
    call = ["openssl", "s_client", "-connect", f"127.0.0.1:{secure.implicit}", "-tls1_2"]
    return subprocess.run(call, input=b"QUIT\r\n", capture_output=True, timeout=20, check=False).returncode == 0


def _need(*programs: str, package: str) -> None:
    if missing := [each for each in programs if not Path(each).exists()]:
        pytest.skip(f"needs {missing[0]} (Debian: {package})")
    if os.geteuid() != 0:
        pytest.skip(f"{programs[0]} has to be started by root")


@contextmanager
def _running(call: list[str], secure: Secure) -> Iterator[None]:
    """A server in the foreground, from when its port answers until it has ended."""
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + 15
            while True:
                try:
                    socket.create_connection(("127.0.0.1", secure.starttls), timeout=1).close()
                    break
                except OSError:
                    if process.poll() is not None or time.monotonic() > end:
                        process.kill()
                        pytest.skip(f"{call[0]} did not start: {process.communicate()[0].decode()[-500:]}")
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=20)
