"""Bytes from files, pipes and gzip: a look at the head, then lines of bounded length."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple, cast

HEAD_BYTES = 65536
CHUNK_BYTES = 1 << 20
GZIP = b"\x1f\x8b"
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


class Chain(io.RawIOBase):
    """`head`, bytes already taken from `rest`, and then `rest`, as one stream."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._read = _reader(rest)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            taken = self._head[: len(buffer)]
            self._head = self._head[len(taken) :]
        else:
            taken = self._read(len(buffer)) or b""
        buffer[: len(taken)] = taken
        return len(taken)


class Recoded(io.RawIOBase):
    """A stream in another encoding as UTF-8. Raises UnicodeDecodeError where the bytes are not of it."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._over:
            chunk = self._stream.read(HEAD_BYTES) or b""
            self._over = not chunk
            self._ready = self._decoder.decode(chunk, final=self._over).encode("utf-8", "surrogatepass")
        taken = self._ready[: len(buffer)]
        self._ready = self._ready[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


def opened(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The first bytes of `stream`, gzip undone, and a stream that still begins with them."""
    head = _head(stream)
    whole: IO[bytes] = io.BufferedReader(Chain(head, stream))
    if not head.startswith(GZIP):
        return head, whole
    inner = cast(IO[bytes], gzip.GzipFile(fileobj=whole, mode="rb"))
    head = _head(inner)
    return head, io.BufferedReader(Chain(head, inner))


def _reader(stream: IO[bytes]) -> Callable[[int], bytes | None]:
    """How to read so that what comes before a fault in an archive is not lost with it."""
    return getattr(stream, "read1", stream.read)


def _head(stream: IO[bytes]) -> bytes:
    parts: list[bytes] = []
    missing = HEAD_BYTES
    read = _reader(stream)
    while missing > 0:
        try:
            part = read(missing) or b""
        except DAMAGED:
            if not parts:
                raise
            break  # a truncated archive: the fault shows again where reading gets there
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def read_whole(stream: IO[bytes], limit: int) -> bytes | None:
    """All bytes of `stream`; None when there are more than `limit`."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(min(CHUNK_BYTES, limit + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > limit:
            return None
    return b"".join(parts)


def rest_size(stream: IO[bytes]) -> int:
    """How many bytes are still in `stream`; reads them away."""
    size = 0
    while part := stream.read(CHUNK_BYTES):
        size += len(part)
    return size


class RawLine(NamedTuple):
    """A line: its number from 1, its bytes (None when longer than the limit) and their number."""

    number: int
    data: bytes | None
    size: int


def raw_lines(stream: IO[bytes], limit: int) -> Iterator[RawLine]:
    """The lines of `stream`, newline kept; at most `limit` bytes of one are ever held."""
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if len(data) <= limit or data.endswith(b"\n"):
            yield RawLine(number, data, len(data))
            continue
        size = len(data)
        while data and not data.endswith(b"\n"):
            data = stream.readline(CHUNK_BYTES)
            size += len(data)
        yield RawLine(number, None, size)
