"""``run`` over many workbooks: one after another, on several processors, or on a dask cluster. Source: SPEC section 5."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordination_xl.actions.run import run
from coordination_xl.actions.send import send
from coordination_xl.books import open_book
from coordination_xl.errors import CoordinationError, UsageError, WorkbookNotFound
from coordination_xl.schema import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from coordination_xl.actions.results import Result

    Step = Callable[[str], None]

SUFFIXES = frozenset({".xlsx", ".xlsm"})
PATIENCE = "10s"
"""How long a dask scheduler may take to answer."""
PATIENCE_SENDING = 600
"""Seconds that a run waits for another one that sends from the same outbox."""


@dataclass(frozen=True)
class Errand:
    """One workbook to be run.

    Attributes:
        path: the file.
        now: the moment of judgement.
        is_dry: compute only, write nothing.
        actor: who asks, for 修改记录.
        is_found: it was found in a folder, not named: if it is none of ours it is passed over.
    """

    path: Path
    now: datetime
    is_dry: bool = False
    actor: str = ""
    is_found: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one errand.

    Attributes:
        path: the file.
        result: what was found and written; ``None`` where it could not be done, or the file is not a workbook of ours.
        sent: what was sent; ``None`` where 参数 names no server, or it was not got so far.
        error: what stopped it.
    """

    path: Path
    result: Result | None = None
    sent: Result | None = None
    error: CoordinationError | None = None

    @property
    def is_skipped(self) -> bool:
        """Whether the file was found in a folder and has nothing to do with us."""
        return self.result is None and self.error is None


def errands(paths: Iterable[Path], now: datetime, *, is_dry: bool = False, actor: str = "") -> tuple[Errand, ...]:
    """The workbooks that ``paths`` mean: files as named; of a folder every workbook directly in it.

    Lock files (``~$``) are no workbooks; neither are hidden files, so backups are left alone. A file is run once.

    Raises:
        WorkbookNotFound: a path is not there.
    """
    found: dict[Path, Errand] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.iterdir()):
                if file.suffix.lower() in SUFFIXES and not file.name.startswith(("~$", ".")):
                    found.setdefault(file.resolve(), Errand(file, now, is_dry, actor, is_found=True))
        elif path.exists():
            found[path.resolve()] = Errand(path, now, is_dry, actor)
        else:
            raise WorkbookNotFound(str(path), "找不到这个文件或文件夹", "检查路径")
    return tuple(found.values())


def carry_out(errand: Errand, on_step: Step | None = None) -> Outcome:
    """Run one workbook, save it, and send what waits. An error of ours stops this workbook alone and comes back in the outcome."""
    tell = on_step or (lambda _: None)
    result: Result | None = None
    try:
        tell("读取")
        book = open_book(errand.path)
        if errand.is_found and not set(book.tables()) & set(BY_NAME):
            return Outcome(errand.path)
        tell("校验、刷新、写通知")
        computed = run(book, errand.now, actor=errand.actor)
        if errand.is_dry:
            return Outcome(errand.path, computed)
        tell("保存")
        if not computed.is_needless:
            computed.write(book)
        result = computed  # from here on it is done, whatever becomes of sending
        tell("发送")
        return Outcome(errand.path, result, _sent(errand))
    except CoordinationError as fault:
        return Outcome(errand.path, result, error=fault)


def _sent(errand: Errand) -> Result | None:
    """Send what waits, also from earlier runs; ``None`` where 参数 names no server."""
    book = open_book(errand.path)
    sending = send(book, errand.now, actor=errand.actor)
    if sending.server is None:
        return None
    sent = sending.deliver(book, patience=PATIENCE_SENDING)
    sent.write(book)
    return sent


def carry_out_all(work: tuple[Errand, ...], *, jobs: int = 1, scheduler: str = "") -> Iterator[Outcome]:
    """Carry out many errands; outcomes come as they are ready.

    Args:
        work: the workbooks.
        jobs: how many processes on this machine.
        scheduler: address of a dask scheduler (``tcp://…``) whose workers see the same files; then ``jobs`` is not
            used.

    Raises:
        UsageError: the scheduler cannot be reached, or dask is not installed.
    """
    if scheduler:
        yield from _on_cluster(work, scheduler)
    elif jobs > 1 and len(work) > 1:
        with ProcessPoolExecutor(max_workers=jobs) as pool:
            for future in as_completed([pool.submit(carry_out, errand) for errand in work]):
                yield future.result()
    else:
        yield from map(carry_out, work)


def _on_cluster(work: tuple[Errand, ...], scheduler: str) -> Iterator[Outcome]:
    try:
        from distributed import Client
        from distributed import as_completed as as_ready
    except ImportError:
        raise UsageError("--scheduler", "没有安装 dask", "运行 pip install 'coordination-xl[dask]'") from None
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as fault:
        raise UsageError(f"--scheduler {scheduler}", "连接不上调度器", "检查地址，确认调度器已启动") from fault
    anywhere = [replace(errand, path=errand.path.absolute()) for errand in work]  # workers may stand in another folder
    with client:
        for future in as_ready(client.map(carry_out, anywhere, pure=False)):
            yield future.result()
