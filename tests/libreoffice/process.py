"""One LibreOffice process with a profile and a pipe of its own."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from tests.libreoffice.uno_bridge import load_uno
from tests.render import FONTS

FRESH_PROFILE = 81  # what LibreOffice ends with once when it has set up a new profile
START_SECONDS, STOP_SECONDS = 180, 10
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "0"),
    ("Common/Misc", "ShowTipOfTheDay", "false"),
    ("Common/Misc", "FirstRun", "false"),
    (
        "Common/Misc",
        "UseDocumentOOoLockFile",
        "false",
    ),  # two offices may have the same file open, and leave nothing beside it
    ("Common/Misc", "UseDocumentSystemFileLocking", "false"),
    ("Common/Save/Document", "WarnAlienFormat", "false"),
    ("Linguistic/SpellChecking", "IsSpellAuto", "false"),
    ("Setup/Product", "ooSetupLastVersion", "99.0"),  # else a bar greets the user of a new version
    ("Setup/Product", "LastTimeGetInvolvedShown", "4000000000"),
    ("Setup/Product", "LastTimeDonateShown", "4000000000"),
)


def _profile_settings() -> str:
    """The part of a profile that keeps greetings and questions away."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{_root(path)}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n'
    )


def _root(path: str) -> str:
    return path if path.startswith("Setup") else f"Office.{path}"


class Process:
    """A running LibreOffice; :meth:`stop` ends it and everything it started, and removes its profile.

    Args:
        display: X display for its windows; without one it shows none.

    Attributes:
        context: the UNO component context of the running LibreOffice.
        profile: its own folder, removed at the end.

    Raises:
        RuntimeError: it does not start.
    """

    def __init__(self, display: str | None = None) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="coordination-office-"))
        (self.profile / "user").mkdir()
        (self.profile / "user" / "registrymodifications.xcu").write_text(_profile_settings(), encoding="utf-8")
        pipe = f"coordination{uuid.uuid4().hex}"
        command = [
            "soffice",
            *([] if display else ["--headless"]),
            "--norestore",
            "--nologo",
            "--nofirststartwizard",
            "--nolockcheck",
            f"--accept=pipe,name={pipe};urp;",
            f"-env:UserInstallation=file://{self.profile}",
        ]
        environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
        environment.pop("DISPLAY", None)
        if display:
            environment["DISPLAY"] = display
        atexit.register(self.stop)  # also when pytest is interrupted before its fixtures end
        for _ in range(3):
            with (self.profile / "log").open("w") as log:
                self._process = subprocess.Popen(
                    command, env=environment, stdout=log, stderr=log, start_new_session=True
                )
            self._guard = self._guarded()
            self.context = self._connect(pipe)
            if self.context is not None or self._process.poll() != FRESH_PROFILE:
                break
            self._guard.kill()
            self._guard.communicate()
        if self.context is None:
            said = (self.profile / "log").read_text(errors="replace")
            code = self._process.poll()
            self.stop()
            raise RuntimeError(f"LibreOffice ended with {code}: {said}")

    def _guarded(self) -> subprocess.Popen[bytes]:
        """A watcher that kills LibreOffice when the pipe from this process breaks: pytest itself may be killed."""
        end = f'cat > /dev/null; kill -KILL -{self._process.pid} 2> /dev/null && sleep 1; rm -rf "$0"'
        return subprocess.Popen(["sh", "-c", end, str(self.profile)], stdin=subprocess.PIPE, start_new_session=True)

    def _connect(self, pipe: str) -> Any:
        uno = load_uno()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + START_SECONDS
        while self._process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(uno.getClass("com.sun.star.connection.NoConnectException")):
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            time.sleep(0.1)
        return None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def service(self, name: str) -> Any:
        """A service of the running LibreOffice."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def stop(self) -> None:
        """End it, politely if it listens."""
        atexit.unregister(self.stop)
        if self.alive and self.context is not None:
            with contextlib.suppress(Exception):  # it may be gone in the middle of this
                self.service("com.sun.star.frame.Desktop").terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(STOP_SECONDS)
        self._guard.communicate()  # closes its pipe: it goes, too
        shutil.rmtree(self.profile, ignore_errors=True)
