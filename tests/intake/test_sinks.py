"""`sinks.yaml`: each method reads, and each mistake is told where it stands, all at once."""

import pytest

from offsetcheck.intake.sinks.read import MOST_SINKS, read_sinks, statement_of
from offsetcheck.vocabulary.problem import InputError
from offsetcheck.vocabulary.sinks import (
    Flow,
    Flux,
    ForestAndTrees,
    GainLoss,
    Modelled,
    Pool,
    SinkMethod,
    StockDifference,
    UseKind,
)

HEAD = """\
boundaries:
  - {id: area, title: City area}
  - {id: travel, title: Travel}
sinks:
  - id: north
    name: North
    unit: t C
    per: whole
    area_ha: 100
    parcels: [N1, N2]
    pools: [above_ground, soil]
    timing: ex_post
    boundary: area
    in_inventory: yes
    uses: []
"""
STOCKS = """\
    method: stock_difference
    stocks:
      - {year: 2015, stock: 80}
      - {year: 2025, stock: 85}
"""
YEARS = "    years: {first: 2021, last: 2025}\n"
GAINS = "    method: gain_loss\n    gains: [{name: growth, amount: 9}]\n    losses: []\n" + YEARS
LANDS = (
    """\
    method: gpc_forest
    lands:
      - {category: forest, area_ha: 60, removal: 2}
      - {category: trees_elsewhere, area_ha: 40, removal: 1}
    emissions: [{name: felling, amount: 30}]
"""
    + YEARS
)
FLUX = "    method: flux\n    nee: -300\n    harvest: 120\n    doc: 8\n" + YEARS
MODEL = "    method: model\n    model: {name: Yasso, version: '20', change: -4.5}\n" + YEARS


def said(text):
    """Return the statement that a text makes."""
    return statement_of(text.encode(), "sinks.yaml")


def problems(text):
    """Return the problems of a text, each as line and message."""
    with pytest.raises(InputError) as raised:
        said(text)
    return [(one.place.line, one.message) for one in raised.value.problems]


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        (STOCKS, StockDifference),
        (GAINS, GainLoss),
        (LANDS, ForestAndTrees),
        (FLUX, Flux),
        (MODEL, Modelled),
    ],
)
def test_each_method_is_read(method, kind):
    """A sink of each method has what that method found."""
    head = HEAD.replace("    per: whole\n", "") if kind is ForestAndTrees else HEAD
    sink = said(head + method).sinks[0]
    assert isinstance(sink.found, kind)
    assert sink.method in SinkMethod
    assert sink.pools == (Pool.ABOVE_GROUND, Pool.SOIL)


def test_years_of_two_stocks_are_those_of_the_sink():
    """A sink of two stocks has their years, one of flows the years that it states."""
    assert [(one.since, one.until) for one in said(HEAD + STOCKS).sinks] == [(2015, 2025)]
    assert [(one.since, one.until) for one in said(HEAD + GAINS).sinks] == [(2021, 2025)]


def test_what_a_sink_is_used_for_is_read():
    """A compensation names a boundary, a sale a buyer, each with tonnes or all of them."""
    uses = "uses:\n      - {kind: compensation, boundary: travel, tonnes: all}\n      - {kind: sale, to: B, tonnes: 5}"
    found = said(HEAD.replace("uses: []", uses) + STOCKS).sinks[0].uses
    assert [(one.kind, one.boundary, one.to, one.tonnes) for one in found] == [
        (UseKind.COMPENSATION, "travel", None, None),
        (UseKind.SALE, None, "B", 5.0),
    ]


def test_emissions_of_forests_are_read():
    """Emissions of a sink by the guidance on forests are losses with their names."""
    found = said(HEAD.replace("    per: whole\n", "") + LANDS).sinks[0].found
    assert found.emissions == (Flow("felling", 30.0),)


MISTAKES = [
    ("unit: t C\n", "unit: tC\n", STOCKS, 7, "`tC` cannot stand here"),
    ("    unit: t C\n", "", STOCKS, 5, "the key `unit` is missing"),
    ("    per: whole\n", "", STOCKS, 5,
     "whether the numbers are of a hectare or of the whole sink is not said"),
    ("t C\n", "t CO2e\n", STOCKS, 7, "t CO2e needs the set of warming potentials that was used"),
    ("uses: []", "uses: []\n    colour: green", STOCKS, 16,
     "`colour` is not a key that can stand here"),
    ("boundary: area", "boundary: aera", STOCKS, 13, "no boundary has the id `aera`"),
    ("[N1, N2]", "[N1, n1]", STOCKS, 10, "the parcel `n1` stands here twice"),
    ("[above_ground, soil]", "[above_ground, roots]", STOCKS, 11, "`roots` is no pool"),
    ("area_ha: 100", "area_ha: 1.000", STOCKS, 9, "“1.000” can be read as two numbers"),
    ("area_ha: 100", "area_ha: 0", STOCKS, 9, "a number above 0 is needed here, not `0`"),
    ("uses: []", "uses: [{kind: sale, tonnes: all}]", STOCKS, 15, "a sale needs the key `to`"),
    ("uses: []", "uses: [{kind: sale, to: B}]", STOCKS, 15, "the key `tonnes` is missing"),
    ("stock: 85", "stock: 85, area_ha: 130", STOCKS, 19, "the stock is of 130 ha, the sink of 100 ha"),
    ("stock: 85", "stock: 85, pools: [soil]", STOCKS, 19,
     "the stock is of soil, the sink of above_ground, soil"),
    ("year: 2025", "year: 2015", STOCKS, 19, "the years run backwards: 2015 to 2015"),
    ("    uses", "    years: {first: 1999, last: 2002}\n    uses", STOCKS, 15,
     "the years are those of the two stocks"),
    ("last: 2025", "last: 2019", GAINS, 19, "the years run backwards: 2021 to 2019"),
    ("    losses: []\n", "", GAINS, 5, "a sink of the method gain_loss needs the key `losses`"),
    ("doc: 8", "doc: -8", FLUX, 19, "a number of 0 or more is needed here, not `-8`"),
    ("    harvest: 120\n", "", FLUX, 5, "a sink of the method flux needs the key `harvest`"),
    ("    nee: -300\n", "    nee: -300\n    gains: []\n", FLUX, 18,
     "`gains` is of the method gain_loss, not of flux"),
    (", version: '20'", "", MODEL, 17, "the key `version` is missing"),
    ("uses: []", "uses: []\n    uncertainty: {percent: 20, relative_to: net_change}", STOCKS, 16,
     "the key `meaning` is missing"),
    ("uses: []", "uses: []\n    uncertainty: {percent: 20, meaning: half_width_90, relative_to: stock}",
     FLUX, 16, "a sink of the method flux states no stock"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "method", "line", "message"), MISTAKES)
def test_a_mistake_is_told_where_it_stands(old, new, method, line, message):
    """One mistake in a sink is one problem, at its line, and nothing of the file is used."""
    text = HEAD + method
    assert text.count(old) >= 1
    assert problems(text.replace(old, new)) == [(line, message)]


def test_lands_must_come_to_the_area():
    """Lands of a forest inventory that do not come to the area of their sink are told."""
    head = HEAD.replace("    per: whole\n", "").replace("area_ha: 100", "area_ha: 90")
    assert problems(head + LANDS) == [(8, "the lands come to 100 ha, the sink is of 90 ha")]


def test_all_mistakes_are_told_at_once():
    """A file with mistakes in several places is told all of them."""
    text = (HEAD + STOCKS).replace("timing: ex_post", "timing: soon")
    text = text.replace("title: Travel", "inside: nowhere, title: Travel")
    assert [line for line, _ in problems(text)] == [3, 12]


def test_boundaries_do_not_lie_in_each_other():
    """Two boundaries that would each lie inside the other are told."""
    text = HEAD.replace("title: City area", "title: A, inside: travel")
    text = text.replace("title: Travel", "title: T, inside: area")
    assert (2, "the boundary would lie inside itself") in problems(text + STOCKS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a mapping is needed here"),
        ("a: &b [*b]", "an anchor is not allowed here"),
        ("note: [a]\nboundaries: [{id: a, title: A}]", "a text is needed here, not a list"),
        ("- 1", "a mapping is needed here"),
        ("sinks: []\nboundaries: []", "the key `sinks` is missing or empty"),
        ("sinks: {a: 1}\nboundaries: [{id: a, title: A}]", "a list is needed here, not a mapping"),
    ],
)
def test_what_is_no_statement_is_refused(text, message):
    """A file without boundaries and sinks is told, and never taken for a city without sinks."""
    assert message in [said for _, said in problems(text)]


def test_an_id_stands_once():
    """Two sinks of one id are told."""
    text = HEAD + STOCKS
    twice = text + text.partition("sinks:\n")[2]
    assert [message for _, message in problems(twice)] == ["two sinks have the id `north`"]


def test_too_many_sinks_are_refused():
    """A statement of more sinks than can be read is refused without reading them."""
    one = (HEAD + STOCKS).partition("sinks:\n")
    text = one[0] + one[1] + one[2] * (MOST_SINKS + 1)
    assert [message for _, message in problems(text)] == [
        "501 sinks stand here, at most 500 can be read"
    ]


def test_a_folder_without_the_file_has_no_statement(tmp_path):
    """A tender without sinks.yaml has no statement; a link out of it is refused."""
    assert read_sinks(tmp_path) is None
    folder = tmp_path / "tender"
    folder.mkdir()
    (tmp_path / "sinks.yaml").write_text(HEAD + STOCKS, "utf-8")
    (folder / "sinks.yaml").symlink_to(tmp_path / "sinks.yaml")
    with pytest.raises(InputError, match="link out of the folder"):
        read_sinks(folder)
