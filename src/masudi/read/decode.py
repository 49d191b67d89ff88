"""Bytes → text: which encoding they are in, decided and never guessed past what the letters show."""

from __future__ import annotations

import codecs
import re

from ..errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.I
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_RUN = re.compile(r"[^\W\d_]+")
SAMPLE_BYTES = 65536
MAX_CONTROLS = 0.01  # share of control bytes from which bytes are no text
ZEROS = 0.9  # of the zero bytes on one side of the pairs: UTF-16
MIN_ZEROS = 0.04  # share of zero bytes; Arabic text in UTF-16 has few: its blanks and stops
MAX_LONE = 0.2  # share of words made of letters outside ASCII alone from which no Western text is meant

_SIGNATURES = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip archive or office document"), (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a RAR archive"), (b"PAR1", "a Parquet file"), (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"), (b"RIFF", "a sound, film or image"), (b"ID3", "a sound"), (b"OggS", "a sound"),
)  # fmt: skip


def binary_kind(head: bytes) -> str | None:
    """What a file that begins with `head` is when it is no text ("a PDF"); None for text."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if wide_encoding(head) is None and len(_CONTROLS.findall(head)) > MAX_CONTROLS * len(head):
        return "binary"
    return None


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by byte-order mark or by where the zero bytes of `head` stand; None for any other."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return None if name == "utf-8" else name
    sample = head[: SAMPLE_BYTES & ~1]
    zeros = sample.count(0)
    if not zeros or zeros < MIN_ZEROS * len(sample):
        return None
    odd = sample[1::2].count(0)
    side = "utf-16-le" if odd >= ZEROS * zeros else "utf-16-be" if odd <= (1 - ZEROS) * zeros else None
    if side is None:
        return None
    text = sample[: len(sample) // 2 * 2].decode(side, "replace")
    plain = sum(c.isprintable() or c.isspace() for c in text)
    return side if plain >= (1 - MAX_CONTROLS) * len(text) else None


def decode(data: bytes, *, encoding: str | None = None, html: bool = False) -> str:
    """The text of `data`, a byte-order mark dropped, newlines as they are.

    encoding: forced. Otherwise byte-order mark, UTF-16 by its zeros, strict UTF-8, for HTML the charset it
    names, and last Windows-1252 or Windows-1256, told apart by their letters.
    Raises ReadError, its message the cause alone, when none fits.
    """
    if encoding is not None:
        return _forced(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], name)
    wide = wide_encoding(data)
    if wide:
        return _forced(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    if html and (named := _named_charset(data)):
        try:
            return data.decode(named)
        except UnicodeDecodeError:
            pass
    return _windows(data, fault)


def _forced(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"is not {encoding}: {error.reason} at byte {error.start}; set encoding to what it is, or mend the file"
        ) from error


def _named_charset(data: bytes) -> str | None:
    match = _META.search(data[:4096])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        return "cp1252"  # as browsers read it
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _windows(data: bytes, fault: UnicodeDecodeError) -> str:
    sequences = len(_UTF8_SEQUENCE.findall(data))
    outside = len(re.findall(rb"[\x80-\xff]", _UTF8_SEQUENCE.sub(b"", data)))
    if sequences > outside:
        raise ReadError(f"is damaged UTF-8: {fault.reason} at byte {fault.start}; mend or re-export the file")
    for name, fits in (("cp1252", _is_western), ("cp1256", _is_arabic)):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if fits(text):
            return text
    raise ReadError(
        f"is neither UTF-8 nor Windows-1252 nor Windows-1256 (byte {fault.start}); set encoding to what it is"
    )


def _is_western(text: str) -> bool:
    """Letters outside ASCII stand among ASCII letters, as in Malmö; or alone, as à."""
    lone = total = 0
    for word in _HIGH_RUN.findall(text):
        if not word.isascii():
            total += 1
            lone += len(word) > 1 and not re.search(r"[A-Za-z]", word)
    return lone <= MAX_LONE * total and not re.search(r"[\x80-\x9f]", text)


def _is_arabic(text: str) -> bool:
    """Arabic letters stand in words of their own, French ones never within."""
    arabic = mixed = 0
    for word in _HIGH_RUN.findall(text):
        if not word.isascii():
            letters = sum("\u0600" <= c <= "\u06ff" for c in word)
            arabic += letters == len(word) and letters > 1
            mixed += 0 < letters < len(word)
    return arabic > 0 and mixed <= MAX_LONE * arabic
