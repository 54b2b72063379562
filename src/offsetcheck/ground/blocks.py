"""A file of many texts by their names, of which one is found without reading the others.

Texts stand in compressed blocks; behind them a sorted index of the hashes of names, in which a
reader halves its way, and a head of a few facts on all of them. Nothing in it is ever run.
"""

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from struct import Struct, error
from typing import Any, BinaryIO

MAGIC = b"offsetcheck blocks 1\n"
SUFFIX = ".kept"
TEXTS_AT_ONCE = 256
LEVEL = 3  # of zlib: fast, and a tenth of the texts
LARGEST_BLOCK = 64 * 1024 * 1024  # bytes of texts; what unfolds further is refused
LARGEST_HEAD = 16 * 1024 * 1024
ENTRY = Struct(">QI")  # the hash of a name, and its block
OFFSET = Struct(">Q")
END = Struct(">QQQQQ21s")  # texts, blocks, where index, offsets and head begin, and the mark

Named = tuple[str, str]
"""A name and its text."""


class NoBlocksError(ValueError):
    """A file that this module did not write, or that has been damaged."""


def write_blocks(file: BinaryIO, texts: Iterable[Named], head: Mapping[str, Any]) -> int:
    """Write named texts with a head into a file opened for writing; return their number."""
    file.write(MAGIC)
    offsets, hashes, blocks, place = array("Q"), array("Q"), array("I"), len(MAGIC)
    for block in _in_blocks(texts):
        packed = zlib.compress(json.dumps(block, ensure_ascii=True).encode("ascii"), LEVEL)
        hashes.extend(_hash(name) for name, _ in block)
        blocks.extend([len(offsets)] * len(block))
        offsets.append(place)
        place += file.write(packed)
    offsets.append(place)
    order = sorted(range(len(hashes)), key=hashes.__getitem__)
    index = place
    for at in order:
        place += file.write(ENTRY.pack(hashes[at], blocks[at]))
    ends = place
    place += sum(file.write(OFFSET.pack(one)) for one in offsets)
    file.write(zlib.compress(json.dumps(dict(head)).encode("ascii"), LEVEL))
    file.write(END.pack(len(hashes), len(offsets) - 1, index, ends, place, MAGIC))
    return len(hashes)


@dataclass(frozen=True)
class Blocks:
    """A file of blocks opened for reading, with its head."""

    file: BinaryIO
    head: Mapping[str, Any]
    texts: int
    blocks: int
    index: int
    offsets: int

    @classmethod
    def of(cls, file: BinaryIO) -> "Blocks":
        """Return what a file holds; raises NoBlocksError for any other file."""
        try:
            size = file.seek(0, 2)
            texts, blocks, index, offsets, head, mark = END.unpack(_at(file, size - END.size, END))
            length = size - END.size - head
            fits = index + texts * ENTRY.size == offsets
            fits = fits and offsets + (blocks + 1) * OFFSET.size == head
            if mark != MAGIC or not fits or not 0 <= length <= LARGEST_HEAD:
                raise NoBlocksError("no file of blocks")
            file.seek(head)
            told = json.loads(_unfolded(file.read(length), LARGEST_HEAD))
        except (ValueError, OSError, OverflowError, error, zlib.error, RecursionError) as why:
            raise NoBlocksError("no file of blocks") from why
        if not isinstance(told, dict):
            raise NoBlocksError("no file of blocks")
        return cls(file, told, texts, blocks, index, offsets)

    def find(self, name: str) -> str | None:
        """Return the first text of a name, None where there is none.

        Raises NoBlocksError where the file is damaged.
        """
        try:
            found = (text for block in self._blocks_of(name) for own, text in self._block(block)
                     if own == name)  # fmt: skip
            return next(found, None)
        except (ValueError, TypeError, OSError, error, zlib.error, RecursionError) as why:
            raise NoBlocksError("the file of blocks is damaged") from why

    def _blocks_of(self, name: str) -> Iterator[int]:
        """Yield the blocks that may hold a name, the first first."""
        wanted, low, high = _hash(name), 0, self.texts
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._entry(middle)[0] < wanted else (low, middle)
        while low < self.texts and self._entry(low)[0] == wanted:
            yield self._entry(low)[1]
            low += 1

    def _entry(self, place: int) -> tuple[int, int]:
        at = self.index + place * ENTRY.size
        key, block = ENTRY.unpack(_at(self.file, at, ENTRY))
        return key, block

    def _block(self, number: int) -> list[list[str]]:
        if number >= self.blocks:
            raise NoBlocksError("the file of blocks is damaged")
        at = self.offsets + number * OFFSET.size
        start, stop = (OFFSET.unpack(_at(self.file, at + n, OFFSET))[0] for n in (0, OFFSET.size))
        if not len(MAGIC) <= start <= stop <= self.index:
            raise NoBlocksError("the file of blocks is damaged")
        self.file.seek(start)
        block: list[list[str]] = json.loads(_unfolded(self.file.read(stop - start), LARGEST_BLOCK))
        return block


def blocks_at(path: Path) -> Path | None:
    """Return the file of blocks that a path is, or the first that a folder holds; else None."""
    files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
    return next(filter(_is_blocks, files), None)


def _is_blocks(path: Path) -> bool:
    """Whether a file begins as a file of blocks does."""
    try:
        if not path.is_file():  # a pipe would wait for ever
            return False
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except (OSError, ValueError):
        return False


def _in_blocks(texts: Iterable[Named]) -> Iterator[list[Named]]:
    running = iter(texts)
    while block := list(islice(running, TEXTS_AT_ONCE)):
        yield block


def _hash(name: str) -> int:
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _at(file: BinaryIO, place: int, of: Struct) -> bytes:
    file.seek(place)
    return file.read(of.size)


def _unfolded(packed: bytes, most: int) -> bytes:
    unfolding = zlib.decompressobj()
    content = unfolding.decompress(packed, most)
    if unfolding.unconsumed_tail or not unfolding.eof:
        raise NoBlocksError("the file of blocks is damaged, or a block is too large")
    return content
