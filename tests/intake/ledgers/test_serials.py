"""Serial numbers: each registry's form, and which blocks share a unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.intake.ledgers.serials import Block, BlockIndex, merged, read_serials, shared
from offsetcheck.vocabulary.problem import UnreadableError

VCU = "19385-{}-{}-VCS-VCU-1507-VER-ET-14-1340-01012020-31122021-1"

FORMS = [
    (VCU.format(941467007, 941467431), "VCS1340", (2020, 2021), 425),
    ("2157-312-411-VCU-005-MER-BR-15-612-01012013-31122013-0", "VCS612", (2013, 2013), 100),
    ("GS1-1-UG-GS11236-16-2024-30307-1-19149", "GS11236", (2024, 2024), 19149),
    ("ACR-US-633-2020-1973-1 to 1000", "ACR633", (2020, 2020), 1000),
    ("ART-GY-102-2021-11-2759599 to 2760598", "ART102", (2021, 2021), 1000),
    ("FCPF-CI-130-2023-20-1 to 46404", "ART130", (2023, 2023), 46404),
    ("CAR-1-US-1335-31-983-KS-2025-9205-1 to 5000", "CAR1335", (2025, 2025), 5000),
    ("CAR-ROC-US-1316-105-276-CA-2025-9388-2 to 25412", "CAR1316", (2025, 2025), 25411),
    ("ISO-1-VAULT-USA-01P4-2026-40170350-40182796", None, None, 12.446),
    ("CDC_4_1_1_321_14_R1_XX_CO_1_2_2022 1 to 3552", "CDC-4", None, 3552),
    ("PV-rPVC-MZ-110200000000034-01052022-30042023-1-2550-SPG", None, (2022, 2023), 2550),
    ("RW-5-1463953-2-2-0-7014 - RW-5-1467609-2-2-0-7014", None, None, 3657),
]


@pytest.mark.parametrize(("text", "project", "vintages", "tonnes"), FORMS)
def test_each_registry_writes_project_vintage_and_block(
    text: str, project: str | None, vintages: tuple[int, int] | None, tonnes: float
) -> None:
    """The count of a block is the last number less the first, and one; kilograms are kilograms."""
    read = read_serials(text)
    [block] = read.blocks
    assert (block.project, block.vintages, read.unread) == (project, vintages, ())
    assert block.tonnes == pytest.approx(tonnes)
    assert read_serials(text.lower().replace("-", "\u2013")).tonnes == pytest.approx(tonnes)


def test_a_cell_may_name_several_blocks() -> None:
    """Whatever stands between them; a unit that is named twice counts once."""
    text = "ACR-US-633-2020-1973-1 to 1,000; ACR-US-633-2020-1973-501 to 1500\nand " + FORMS[2][0]
    assert len(read_serials(text).blocks) == 3
    assert read_serials(text).tonnes == 1500 + 19149


@pytest.mark.parametrize("text", ["", "on request", "TBC", "see annex A"])
def test_words_are_no_serial_numbers(text: str) -> None:
    """What names no number is neither read nor told."""
    assert read_serials(text).blocks == read_serials(text).unread == ()


@pytest.mark.parametrize("text", ["8,326,143,015 to 8,326,145,014", "CAR-1-US-1335", "PURO-12345"])
def test_a_form_that_is_not_known_is_told(text: str) -> None:
    """Nothing is concluded from it, and it is not lost."""
    read = read_serials(text)
    assert read.blocks == ()
    assert read.unread == (text,)


def test_a_block_that_runs_backwards_is_refused() -> None:
    """A slip of the hand could else hide a whole block."""
    with pytest.raises(UnreadableError, match="ends before it starts"):
        read_serials("ACR-US-633-2020-1973-1000 to 1")


def test_blocks_of_two_issuances_share_nothing() -> None:
    """Numbers begin anew with each issuance, but for Verra's, which run through."""
    one, other = (read_serials(f"ACR-US-633-2020-{batch}-1 to 10").blocks[0] for batch in (1, 2))
    assert not one.overlaps(other)
    verra = [read_serials(VCU.format(5, 9).replace("19385", b)).blocks[0] for b in ("1", "2")]
    assert verra[0].overlaps(verra[1])


def test_a_long_cell_is_answered_soon() -> None:
    """A stranger's cell of many blocks is bounded, one of digits alone is no puzzle."""
    with pytest.raises(UnreadableError, match="more than 1,000 blocks"):
        read_serials(";".join(["ACR-US-633-2020-1973-1 to 10"] * 1_100))
    assert read_serials("1-" * 15_000).blocks == ()
    assert read_serials("CDC_1" * 6_000).blocks == ()


def block(series: str, start: int, length: int) -> Block:
    return Block("", "ACR", series, start, start + length - 1)


BLOCKS = st.builds(block, st.sampled_from("AB"), st.integers(0, 60), st.integers(1, 25))
OWNED = st.lists(st.tuples(st.integers(0, 5), BLOCKS), max_size=14)


def units(one: Block) -> set[tuple[str, int]]:
    return {(one.series, number) for number in range(one.start, one.end + 1)}


@given(OWNED)
def test_whoever_shares_a_unit_with_another_is_found(owned: list[tuple[int, Block]]) -> None:
    """The sweep names the owners that counting every unit names, and no others."""
    held: dict[int, set[tuple[str, int]]] = {}
    for owner, one in owned:
        held.setdefault(owner, set()).update(units(one))
    expected = {
        one for one, mine in held.items() for other, theirs in held.items()
        if one != other and mine & theirs
    }  # fmt: skip
    found = list(shared(owned))
    assert {owner for pair in found for owner in pair.owners} == expected
    for pair in found:
        one, other = pair.blocks
        assert pair.tonnes == len(units(one) & units(other)) > 0


@given(st.lists(BLOCKS, max_size=12), BLOCKS)
def test_an_index_finds_every_block_that_shares_a_unit(blocks: list[Block], asked: Block) -> None:
    """What it yields is what counting every unit yields."""
    index = BlockIndex(enumerate(blocks))
    expected = {at for at, one in enumerate(blocks) if units(one) & units(asked)}
    assert {at for at, _ in index.sharing(asked)} == expected


@given(st.lists(BLOCKS, max_size=12))
def test_merged_blocks_hold_the_same_units_each_once(blocks: list[Block]) -> None:
    """The sum of their tonnes is the number of different units."""
    whole = set().union(*map(units, blocks)) if blocks else set()
    joined = merged(blocks)
    assert sum(len(units(one)) for one in joined) == len(whole)
    assert set().union(*map(units, joined)) == whole if joined else not whole
