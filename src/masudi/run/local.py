"""A run on one machine: a pool of processes, one model each, whole parts, resumable.

Articles are dealt into blocks in the order they are read; a block becomes one part, coded by one worker.
So neither the number of workers nor the order in which they finish changes an id or a byte. The manifest
grows in the order of blocks: a `run` line, a line for each part, a `done` line. A run found without its
`done` line is taken up where it stopped when the inputs and settings are the same.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import attrs
from attrs import frozen

from .. import __version__, pipeline, store
from ..config import Settings
from ..errors import StoreError
from ..pipeline import Coder
from ..records import Article, CodedArticle, Failure
from ..text import digest

Item = Article | Failure
MakeCoder = Callable[[Settings], Coder]

LOCK = ".lock"


@frozen(kw_only=True)
class Progress:
    """Where a run stands. total is an estimate, None when the inputs cannot be counted cheaply."""

    done: int
    skipped: int
    failed: int
    total: int | None
    elapsed_s: float


@frozen(kw_only=True)
class RunCounts:
    """What a run did. read: articles and failures met; coded: articles now in the store by this run;
    skipped: seen before; failed: rows of failures, by stage."""

    read: int = 0
    coded: int = 0
    skipped: int = 0
    failed: dict[str, int] = attrs.field(factory=dict)


@frozen
class _Block:
    items: tuple[Item, ...]

    @property
    def part(self) -> str:
        return digest(*(_key(item) for item in self.items))


def run(
    inputs: Sequence[Path | str],
    folder: Path,
    settings: Settings,
    *,
    stdin: BinaryIO | None = None,
    progress: Callable[[Progress], None] | None = None,
    make_coder: MakeCoder = pipeline.load,
) -> RunCounts:
    """Code `inputs` into the store at `folder`; what was new, skipped, failed.

    Killed at any moment it loses and doubles nothing: call it again with the same inputs.
    Raises StoreError when another run holds the store or the store is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_writer(folder):
        store.mend_manifest(folder)
        store.sweep(folder)
        ledger = _Ledger(folder, _run_line(inputs, settings))
        source = _Source(inputs, settings, stdin, ledger.base)
        with _Pool(folder, settings, make_coder) as pool:
            for line in pool.write(ledger.missing(source.blocks(settings.part_articles))):
                ledger.add(line)
                if progress:
                    progress(source.progress(ledger))
        ledger.finish()
        store.rebuild_catalogue(folder)
    return source.counts(ledger)


def _run_line(inputs: Sequence[Path | str], settings: Settings) -> dict[str, Any]:
    names = [str(i) for i in inputs]
    plain = attrs.asdict(settings, filter=lambda a, _: a.name not in ("workers", "failure_limit"))
    return {
        "run": digest(*names, repr(sorted(plain.items(), key=str))),
        "inputs": names, "masudi": __version__, "version": store.VERSION,
    }  # fmt: skip


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"{folder}: another run is writing here; wait for it or use another folder") from error
        yield


class _Ledger:
    """The manifest as this run sees it: what was there before, what this run has already written."""

    def __init__(self, folder: Path, line: dict[str, Any]) -> None:
        self.folder, self.line = folder, line
        lines = store.read_manifest(folder)
        start = _unfinished(lines, line["run"])
        self.started = start is not None
        before, own = (lines, []) if start is None else (lines[:start], lines[start:])
        self.base = store.known_ids(folder, [x["part"] for x in before if "part" in x])
        self.own = {x["part"] for x in own if "part" in x}
        self.own_ids = store.known_ids(folder, sorted(self.own))
        self.written: list[dict[str, Any]] = []

    def missing(self, blocks: Iterable[_Block]) -> Iterator[_Block]:
        """The blocks still to be coded; of a block dealt otherwise than last time, what is not there yet."""
        for block in blocks:
            if block.part in self.own:
                continue
            new = tuple(item for item in block.items if _key(item) not in self.own_ids)
            if new:
                yield _Block(new)

    def add(self, line: dict[str, Any]) -> None:
        if not self.started:
            store.append_line(self.folder, self.line)
            self.started = True
        store.append_line(self.folder, {k: v for k, v in line.items() if k != "failed"})
        self.written.append(line)

    def finish(self) -> None:
        if self.started:
            store.append_line(self.folder, {"done": self.line["run"]})


def _unfinished(lines: Sequence[dict[str, Any]], run_id: str) -> int | None:
    starts = [n for n, line in enumerate(lines) if "run" in line]
    if not starts or lines[starts[-1]]["run"] != run_id:
        return None
    finished = any("done" in line for line in lines[starts[-1] :])
    return None if finished else starts[-1]


class _Source:
    """The inputs as blocks of new items, and a count of what went by."""

    def __init__(
        self, inputs: Sequence[Path | str], settings: Settings, stdin: BinaryIO | None, known: set[str]
    ) -> None:
        self.inputs, self.settings, self.stdin = inputs, settings, stdin
        self.seen = set(known)
        self.read = self.skipped = 0
        self.total = _estimate(inputs)
        self.began = time.monotonic()

    def blocks(self, size: int) -> Iterator[_Block]:
        items: list[Item] = []
        for item in self._items():
            items.append(item)
            if len(items) == size:
                yield _Block(tuple(items))
                items = []
        if items:
            yield _Block(tuple(items))

    def _items(self) -> Iterator[Item]:
        for item in pipeline.read_inputs(self.inputs, self.settings, stdin=self.stdin):
            self.read += 1
            if _key(item) in self.seen:
                self.skipped += 1
                continue
            self.seen.add(_key(item))
            yield item

    def progress(self, ledger: _Ledger) -> Progress:
        written = ledger.written
        return Progress(
            done=sum(line["rows"]["articles"] for line in written),
            skipped=self.skipped + len(ledger.own_ids),
            failed=sum(line["rows"]["failures"] for line in written),
            total=self.total,
            elapsed_s=time.monotonic() - self.began,
        )

    def counts(self, ledger: _Ledger) -> RunCounts:
        failed: dict[str, int] = {}
        for line in ledger.written:
            for stage, number in line["failed"].items():
                failed[stage] = failed.get(stage, 0) + number
        return RunCounts(
            read=self.read,
            coded=sum(line["rows"]["articles"] for line in ledger.written),
            skipped=self.skipped + len(ledger.own_ids),
            failed=dict(sorted(failed.items())),
        )


def _key(item: Item) -> str:
    return item.id if isinstance(item, Article) else store.failure_key(item)


def _estimate(inputs: Sequence[Path | str]) -> int | None:
    """Roughly how many articles `inputs` hold: lines of line formats, else one a file."""
    total = 0
    for path in _files(inputs):
        if path.suffix in (".gz", "") and path.name.endswith((".jsonl.gz", ".csv.gz", ".tsv.gz", "-")):
            return None
        if path.suffix in (".jsonl", ".ndjson", ".csv", ".tsv"):
            with path.open("rb") as lines:
                total += sum(1 for _ in lines)
        else:
            total += 1
    return total


def _files(inputs: Sequence[Path | str]) -> Iterator[Path]:
    for path in map(Path, inputs):
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.is_file() and os.access(p, os.R_OK))
        elif path.is_file() and os.access(path, os.R_OK) or str(path) == "-":
            yield path


class _Pool:
    """Workers that turn blocks into parts, results in the order of the blocks.

    A worker that dies (out of memory, a fault in compiled code) takes its pool with it: the pool is made
    anew, and the block it may have died on is coded apart, article by article if need be, so that one
    article can cost a Failure but never the run.
    """

    def __init__(self, folder: Path, settings: Settings, make_coder: MakeCoder) -> None:
        self.folder, self.settings, self.make_coder = folder, settings, make_coder
        self.workers = settings.workers or os.cpu_count() or 1
        self.executor = self._start(self.workers)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.executor.shutdown(wait=True, cancel_futures=True)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads double the CPU cost of a parse
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin, initargs=(self.settings, self.make_coder)
        )

    def write(self, blocks: Iterable[_Block]) -> Iterator[dict[str, Any]]:
        pending: deque[tuple[_Block, Future[dict[str, Any]]]] = deque()
        for block in blocks:
            pending.append((block, self._submit(block)))
            while len(pending) > 2 * self.workers:
                yield self._next(pending)
        while pending:
            yield self._next(pending)

    def _submit(self, block: _Block) -> Future[dict[str, Any]]:
        try:
            return self.executor.submit(_write_block, self.folder, block)
        except BrokenProcessPool as error:
            failed: Future[dict[str, Any]] = Future()
            failed.set_exception(error)
            return failed

    def _next(self, pending: deque[tuple[_Block, Future[dict[str, Any]]]]) -> dict[str, Any]:
        block, future = pending.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self.executor.shutdown(wait=False, cancel_futures=True)
            line = self._write_apart(block)
            self.executor = self._start(self.workers)
            again = [(other, self._submit(other)) for other, _ in pending]
            pending.clear()
            pending.extend(again)
            return line

    def _write_apart(self, block: _Block) -> dict[str, Any]:
        with self._start(1) as alone:
            try:
                return alone.submit(_write_block, self.folder, block).result()
            except BrokenProcessPool:
                pass
        coded = [item if isinstance(item, Failure) else self._code_apart(item) for item in block.items]
        return _write(self.folder, block.part, coded)

    def _code_apart(self, article: Article) -> CodedArticle:
        with self._start(1) as alone:
            try:
                return alone.submit(_code_one, article).result()
            except BrokenProcessPool:
                failure = Failure(
                    article=article.id, stage="code", error="WorkerDied",
                    message="the process coding this article died (out of memory, or a fault in compiled code)",
                )  # fmt: skip
                return CodedArticle(article=article, failures=(failure,))


# --- in the worker ------------------------------------------------------------------------------

_worker: dict[str, Coder] = {}


def _begin(settings: Settings, make_coder: MakeCoder) -> None:
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _worker["coder"] = make_coder(settings)
    pipeline.keep_for_good()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _write_block(folder: Path, block: _Block) -> dict[str, Any]:
    coded = _worker["coder"].code_articles([item for item in block.items if isinstance(item, Article)])
    return _write(folder, block.part, (i if isinstance(i, Failure) else next(coded) for i in block.items))


def _code_one(article: Article) -> CodedArticle:
    return next(_worker["coder"].code_articles([article]))


def _write(folder: Path, part: str, items: Iterable[CodedArticle | Failure]) -> dict[str, Any]:
    failed: dict[str, int] = {}
    kept = list(items)
    for item in kept:
        for failure in (item,) if isinstance(item, Failure) else item.failures:
            failed[failure.stage] = failed.get(failure.stage, 0) + 1
    return store.write_part(folder, part, kept) | {"failed": cast(Any, failed)}
