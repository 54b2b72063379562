"""What headings say, in any spelling and in nine languages, and what cells say where they do not."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.headings.names import Heard, names_of
from offsetcheck.intake.headings.plan import ColumnPlan, plan_columns
from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

BROKERS = {
    "id": "Project ID|Registry Project ID|Project Reference Number|Offset ID|VCS ID|GS ID|projectId|PROJECT_ID:",
    "programme": "Registry|Standard|Standard/Registry|Project Crediting Program",
    "vintage": "Vintage|Vintage (YYYY)|vintages|Vintage year*",
    "tonnes": "Volume (tCO2e)|Volume tCO2e|Volume (tCO₂-eq)|Quantity available|# of credits|No. of credits|"
    "Number of credits|Volume (kt)|Volume ('000 tCO2e)|('000 tCO2e)|Total volume (t)",
    "price": "Price EUR/t|EUR/t|Price/tCO2e|Offer price|Unit price|$/t|Price (EUR/t)*|Price (USD total)|€/tCO2e|Offer EUR/t|Ask (USD/t)",
    "delivery": "Spot/forward|spot / forward|Delivery",
    "labels": "CCP label?|ICVCM|Additional Certification(s)|Labels",
    "buffer_percent": "Buffer|Buffer (%)|Buffer pool contribution",
    "monitoring_years": "Permanence (yrs)|Permanence in years|Permanence period",
    "country": "Host country|Country (ISO)|Country/Area|Country (e.g. Kenya)",
    "name": "Project title|NAME OF PROJECT|Project name (optional)",
}
LANGUAGES = {
    "id": "hankkeen tunnus|Projekt-ID|Código del proyecto|projectnummer|Projektnummer|Identifiant du projet|ID do projeto",
    "name": "Hankkeen nimi|Projektnamn|Nombre del proyecto|Projectnaam|Projektname|Nom du projet|Nome do projeto",
    "country": "Maa|Värdland|País|Gastland|Land|Pays hôte|País anfitrião",
    "vintage": "Vuosikerta|Årgång|Año de vintage|Jaargang|Jahrgang|Millésime|Safra",
    "tonnes": "Määrä|Volym|Cantidad|Hoeveelheid (t)|Menge (t)|Quantité|Quantidade",
    "price": "Hinta (€/t)|Pris per ton|Precio por tonelada|Prijs per ton|Preis (EUR/t)|Prix unitaire|Preço",
    "currency": "Valuutta|Valuta|Moneda|Munteenheid|Währung|Devise|Moeda",
    "methodology": "Menetelmä|Metodik|Metodología|Methode|Methodik|Méthodologie|Metodologia",
    "seller": "Myyjä|Säljare|Vendedor|Aanbieder|Verkäufer|Soumissionnaire|Fornecedor",
    "delivery": "Toimitus|Leverans|Entrega|Levering|Lieferung|Livraison|Tipo de entrega",
}
UNUSED = "Extended price|Total EUR|Total|Totaal|Gesamtpreis|Date|Delivery date|Additionality|Co-benefits|Remarks|CORSIA"
FALSE_FRIENDS = (
    "Volume (sold)|Price (indicative until)|Retirement year|Credits year|Seller country code|Region|"
    "Registered office|Price valid until|Volume per year|Buyer|Total CO2 of the city"
)


@lru_cache(maxsize=1)
def own() -> Dictionary:
    return load_rulebook(bundled("rules")).dictionary


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(heading, field) for field, said in table.items() for heading in said.split("|")]


def sheet(**columns: list[str]) -> Sheet:
    texts = list(columns.values())
    return Sheet("offers.csv", list(columns), texts, list(range(2, 2 + len(texts[0]))))


def heard(heading: str, dictionary: Dictionary) -> Heard:
    return names_of(dictionary).hear(heading)


@pytest.mark.parametrize(("heading", "field"), [*pairs(BROKERS), *pairs(LANGUAGES)])
def test_a_heading_is_understood(heading: str, field: str, own_dictionary: Dictionary) -> None:
    """What brokers, bid forms and nine languages call a column is the field that it means."""
    said = heard(heading, own_dictionary)
    assert (said.fields, said.sure) == ((field,), True)


@pytest.mark.parametrize("heading", UNUSED.split("|"))
def test_what_no_field_holds_is_known_for_what_it_is(heading, own_dictionary: Dictionary) -> None:
    """The price of a whole lot is no price of a tonne, and a remark is a remark: that is said."""
    said = heard(heading, own_dictionary)
    assert said.means
    assert not said.fields


@pytest.mark.parametrize("heading", FALSE_FRIENDS.split("|"))
def test_a_false_friend_is_not_taken(heading: str, own_dictionary: Dictionary) -> None:
    """A word beside the name that nobody understands may make the column something else."""
    assert not heard(heading, own_dictionary).sure


@pytest.mark.parametrize("field", sorted({*BROKERS, *LANGUAGES}))
def test_every_input_field_is_heard_by_its_own_name(field, own_dictionary: Dictionary) -> None:
    """A bid sheet may always write the id of a field, its title, and its aliases."""
    known = own_dictionary.candidate[field]
    for heading in (field, field.upper(), field.replace("_", " "), *known.title.values()):
        assert heard(heading, own_dictionary).fields == (field,)


WORDS = ["project", "Vintage", "year", "Årgång", "tCO2e", "co-benefits", "price", "IDs", "número"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.sampled_from([" ", "_", "-", "  /", ": "]),
)
def test_what_is_between_words_and_their_case_do_not_count(words: list[str], between: str) -> None:
    """A heading is the same with other signs between its words, and in capitals."""
    plain = heading_key(" ".join(words))
    assert heading_key(between.join(words)) == plain
    assert heading_key(f" {between.join(words).upper()} * ") == plain


@given(st.text(max_size=300))
def test_any_heading_is_heard(text: str) -> None:
    """Whatever stands in a header, its form is letters and digits without case."""
    assert heading_key(text).casefold() == heading_key(heading_key(text).casefold()) or text


def test_a_column_of_ids_is_the_id_whatever_it_is_called(own_dictionary: Dictionary) -> None:
    """Cells that are ids of projects say so under any heading, and that is told."""
    plan = plan_columns(
        sheet(Wat=["VCS902", "GS 4221", "VCS-12"], price=["1", "2", "3"]), own_dictionary
    )
    assert plan.fields == {"price": 1, "id": 0}
    [problem] = plan.problems
    assert "“Wat” is taken for id by its cells" in problem.message
    assert problem.severity is Severity.WARNING


def test_row_numbers_give_way_to_ids(own_dictionary: Dictionary) -> None:
    """A heading `id` over 1, 2, 3 is refuted by a column that holds ids, and both are named."""
    columns = {"id": ["1", "2", "3"], "Wat": ["VCS902", "VCS903", "GS1"], "price": ["1", "2", "3"]}
    plan = plan_columns(sheet(**columns), own_dictionary)
    assert plan.fields["id"] == 1
    assert "“Wat” is taken for id by its cells, and not “id”" in plan.problems[0].message


@pytest.mark.parametrize(
    "cells", [["902", "903", "4221"], ["VCS902", "VCS1", ""], ["OFF-1", "VCS9", "x"]]
)
def test_a_heading_that_may_be_right_is_believed(
    cells: list[str], own_dictionary: Dictionary
) -> None:
    """Numbers of projects beside their programme stay the id, though another column holds ids."""
    columns = {"id": cells, "Wat": ["VCS11", "VCS12", "VCS13"], "standard": ["VCS", "VCS", "VCS"]}
    assert plan_columns(sheet(**columns), own_dictionary).fields["id"] == 0


@pytest.mark.parametrize(
    "heading", ["Related project", "POA GSID", "Replaces project", "Seller ref"]
)
def test_a_column_of_another_is_not_taken_by_its_cells(heading, own_dictionary: Dictionary) -> None:
    """Ids under a heading that speaks of another project are not those of the offer."""
    plan = plan_columns(
        sheet(**{heading: ["VCS1", "VCS2"], "name": ["a", "b"], "price": ["1", "2"]}),
        own_dictionary,
    )
    assert "id" not in plan.fields


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["EUR", "USD", "EUR"], "currency"),
        (["Kenya", "Peru", "Viet Nam"], "country"),
        (["Verra", "Gold Standard", "VCS"], "programme"),
    ],
)
def test_cells_tell_a_few_fields(cells: list[str], field: str, own_dictionary: Dictionary) -> None:
    """Currencies, countries and programmes are told by their cells; four of five suffice."""
    columns = {"id": ["VCS1"] * 5, "Xyz": [*cells, cells[0], "mist"], "price": ["1"] * 5}
    assert plan_columns(sheet(**columns), own_dictionary).fields.get(field) == 1
    half = {**columns, "Xyz": [*cells[:2], "mist", "fog", "rain"]}
    assert field not in plan_columns(sheet(**half), own_dictionary).fields


def test_two_columns_that_may_be_the_id_are_both_named(own_dictionary: Dictionary) -> None:
    """Where cells speak twice nobody chooses: the heading or a mapping has to."""
    plan = plan_columns(
        sheet(A1=["VCS1", "VCS2"], B1=["GS1", "GS2"], price=["1", "2"], name=["a", "b"]),
        own_dictionary,
    )
    assert "id" not in plan.fields
    assert any("could each be id" in str(p) and p.severity is Severity.ERROR for p in plan.problems)


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Type", ["REDD+", "Wind"], "project_type"), ("Type", ["spot", "Forward"], "delivery"),
        ("Type", ["VCU", "VCUs"], "unit_type"), ("Status", ["Registered", "Listed"], "registry_status"),
        ("Status", ["issued", "forward"], "delivery"), ("Year", ["2019", "2021"], "vintage"),
        ("Jahr", ["2019", "2021"], "vintage"),
    ],
)  # fmt: skip
def test_cells_decide_what_a_short_heading_means(heading, cells, field, own_dictionary) -> None:
    """`Type`, `Status` and `Year` may be several things, of which the cells are one."""
    plan = plan_columns(sheet(**{"id": ["VCS1", "VCS2"], heading: cells}), own_dictionary)
    assert plan.fields.get(field) == 1


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Type", ["foo", "bar"]), ("Status", ["sold", "open"]), ("Year", ["one", "two"])],
)
def test_cells_that_decide_nothing_are_an_error(heading, cells, own_dictionary) -> None:
    """A column that may be a field and is not read loses its cells, which is no remark."""
    plan = plan_columns(sheet(**{"id": ["VCS1", "VCS2"], heading: cells}), own_dictionary)
    [problem] = plan.problems
    assert problem.severity is Severity.ERROR
    assert "its cells are no words of it" in problem.message


def test_the_id_of_a_database_gives_way_to_that_of_the_project(own_dictionary: Dictionary) -> None:
    """Of `id` and `projectId` the second is the project's, in whichever order they stand."""
    for names in (["id", "projectId"], ["projectId", "id"]):
        plan = plan_columns(
            sheet(**{name: ["77", "78"] for name in names}, name=["a", "b"]), own_dictionary
        )
        assert names[plan.fields["id"]] == "projectId"


@given(st.permutations(range(6)), st.permutations(range(4)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_and_columns_changes_no_meaning(columns, rows) -> None:
    """Shuffled rows and columns are planned alike."""
    texts = {
        "Nr": ["1", "2", "3", "4"], "Wat": ["VCS1", "GS2", "VCS3", "mist"], "Type": ["spot", "", "REDD+", "spot"],
        "Xyz": ["Kenya", "Peru", "Peru", "Kenya"], "Year": ["2019", "2020", "2021", "x"], "EUR/t": ["1", "2", "3", "4"],
    }  # fmt: skip
    names = [list(texts)[at] for at in columns]
    plan = plan_columns(
        sheet(**{name: [texts[name][row] for row in rows] for name in names}), own()
    )
    assert {field: names[at] for field, at in plan.fields.items()} == {
        "price": "EUR/t", "delivery": "Type", "country": "Xyz",
    }  # fmt: skip


def read_own(tmp_path: Path, text: str, dictionary: Dictionary) -> CandidateTable:
    path = tmp_path / "offers.csv"
    path.write_text(text, "utf-8")
    return read_offers(path, dictionary)


def test_a_column_of_one_label_states_that_label(
    tmp_path: Path, own_dictionary: Dictionary
) -> None:
    """`CCP label?` with yes adds the label to those of the row; with no it says nothing."""
    table = read_own(
        tmp_path,
        "id,tonnes,CCP label?,Labels\nVCS1,5,yes,SD VISta\nVCS2,5,no,SD VISta\nVCS3,5,Y,\nVCS4,5,n,\n",
        own_dictionary,
    )
    values = [table.candidate(row).value("labels") for row in range(4)]
    assert values == [("SD_VISTA", "CCP"), ("SD_VISTA",), ("CCP",), None]
    assert not table.problems


def test_very_many_unknown_columns_are_one_answer(own_dictionary: Dictionary) -> None:
    """Two thousand columns that nobody knows are named in a bounded number of problems."""
    many = {f"strange {at} column": ["a", "b"] for at in range(2_000)}
    plan: ColumnPlan = plan_columns(
        sheet(id=["VCS1", "VCS2"], price=["1", "2"], **many), own_dictionary
    )
    assert plan.fields == {"id": 0, "price": 1}
    assert len(plan.problems) + len(plan.hints) <= 40


Read = Callable[..., CandidateTable]


def test_a_broker_sheet_is_read_whole(tmp_path: Path, own_dictionary: Dictionary) -> None:
    """A sheet of a broker's words: every column is a field, or said to be none."""
    text = (
        "Project Reference Number,Projekt,Standard,Type,Status,Vintage,Volume (kt),EUR/t,Extended price,Spot/forward\n"
        "VCS-902,Kariba,VCS,REDD+,Registered,2019,5,9.5,47500,spot\n"
    )
    table = read_own(tmp_path, text, own_dictionary)
    offer = table.candidate(0)
    assert offer.id == "VCS902"
    assert [offer.value(n) for n in ("tonnes", "price", "delivery", "vintage")] == [
        5000,
        9.5,
        "spot",
        2019,
    ]
    assert offer.value("currency") == "EUR"
    assert [p.message for p in table.problems] == [
        "“Extended price” is not read: it is the price of a whole lot, not of a tonne"
    ]


@pytest.mark.parametrize("heading", ["date_retired", "Retirement Date", "Fecha de retiro"])
def test_credits_that_a_sheet_calls_retired_are_no_silent_offer(
    heading: str, own_dictionary: Dictionary
) -> None:
    """A foreign ledger is nobody's layout: its days of retirement are an error with their rows."""
    rows = [["Project ID", "VCS1", "VCS2", "VCS3"], ["Vintage", "2020", "2020", "2021"]]
    columns = [*rows, [heading, "2023-09-17", "n/a", "2023-09-18"]]
    sheet = Sheet("x.csv", [c[0] for c in columns], [c[1:] for c in columns], [2, 3, 4])
    [problem] = plan_columns(sheet, own_dictionary).problems
    assert problem.severity is Severity.ERROR
    assert "retired" in problem.message
    assert problem.lines == (2, 4)
    blank = Sheet("x.csv", sheet.headers, [*sheet.columns[:2], ["", "", ""]], [2, 3, 4])
    assert plan_columns(blank, own_dictionary).problems[0].severity is Severity.NOTE


def test_what_is_available_is_the_volume_where_the_cells_are_figures(
    own_dictionary: Dictionary,
) -> None:
    """A broker heads a volume `Available (kt)`; of yes and no it is none."""
    ids = ["VCS1", "VCS2"]
    kilotonnes = Sheet("x.csv", ["Project ID", "Available (kt)"], [ids, ["12.5", "1"]], [2, 3])
    assert plan_columns(kilotonnes, own_dictionary).fields == {"id": 0, "tonnes": 1}
    words = Sheet("x.csv", ["Project ID", "Available"], [ids, ["yes", "soon"]], [2, 3])
    assert plan_columns(words, own_dictionary).fields == {"id": 0}
