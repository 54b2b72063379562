"""Many texts in one file, of which one is found without reading the others."""

import io
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.ground import blocks
from offsetcheck.ground.blocks import Blocks, NoBlocksError, write_blocks

STEADY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
NAMES = st.text(max_size=8)


class Counted(io.BytesIO):
    """A file that counts the bytes read of it."""

    count = 0

    def read(self, size=-1):
        content = super().read(size)
        self.count += len(content)
        return content


def written(texts, head=None):
    file = io.BytesIO()
    write_blocks(file, texts, head or {"of": "all"})
    return file.getvalue()


@STEADY
@given(st.lists(st.tuples(NAMES, st.text(max_size=40)), max_size=600), NAMES)
def test_each_name_gives_its_first_text(texts, other):
    """What was written under a name is found, and nothing is found of a name that is not there."""
    read = Blocks.of(io.BytesIO(written(texts)))
    first = dict(reversed(texts))
    assert {name: read.find(name) for name in first} == first
    assert read.find(other) == first.get(other)
    assert read.head == {"of": "all"}


def test_a_name_is_found_without_reading_the_others():
    """Of a large file little more than the block of the name is read."""
    content = written((f"n{n}", json.dumps([n, "x" * (n % 97)])) for n in range(20_000))
    file = Counted(content)
    assert json.loads(Blocks.of(file).find("n12345"))[0] == 12345
    assert file.count < len(content) / 20


def test_names_of_one_hash_are_told_apart(monkeypatch):
    """Where hashes are alike the name itself decides."""
    monkeypatch.setattr(blocks, "_hash", lambda name: 7)
    monkeypatch.setattr(blocks, "TEXTS_AT_ONCE", 2)
    read = Blocks.of(io.BytesIO(written([(f"n{n}", str(n)) for n in range(9)])))
    assert [read.find(f"n{n}") for n in range(10)] == [*map(str, range(9)), None]


@pytest.mark.parametrize("step", [1, 7])
def test_a_damaged_file_is_refused_and_nothing_else(step):
    """Whatever is cut off or changed, a text as written comes out, none, or one kind of error."""
    whole = written([(f"n{n}", f"text {n}") for n in range(40)])
    texts = {None, *(f"text {n}" for n in range(40))}
    cut = [whole[:end] for end in range(0, len(whole), step)]
    turned = [whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
              for at in range(0, len(whole), step)]  # fmt: skip
    refused = 0
    for content in [*cut, *turned]:
        try:
            read = Blocks.of(io.BytesIO(content))
            assert read.find("n7") in texts
        except NoBlocksError:
            refused += 1
    assert refused > len(cut) - 2


def test_what_unfolds_without_end_is_refused(monkeypatch):
    """A block that is small on disk and large in memory is not unfolded."""
    monkeypatch.setattr(blocks, "LARGEST_BLOCK", 10_000)
    content = written([("n", "x" * 1_000_000)])
    assert len(content) < 10_000
    with pytest.raises(NoBlocksError):
        Blocks.of(io.BytesIO(content)).find("n")


@pytest.mark.parametrize("content", [b"", b"PAR1", zlib.compress(b"{}"), b"\x00" * 4096])
def test_another_file_is_none_of_blocks(content, tmp_path):
    """A file of another kind is told apart by its beginning and refused by its end."""
    path = tmp_path / "f"
    path.write_bytes(content)
    assert blocks.blocks_at(path) is None
    assert blocks.blocks_at(tmp_path) is None
    with pytest.raises(NoBlocksError):
        Blocks.of(io.BytesIO(content))
