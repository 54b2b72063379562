"""What is written into a form is read from it again as it was, for every type of field."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import ABOUT, DICTIONARY, form, question
from offsetcheck.intake.normalise.text import read_text
from offsetcheck.intake.questionnaire.filled import Cell, FilledAnswer, read_filled
from offsetcheck.intake.questionnaire.offers import fact_of
from offsetcheck.intake.questionnaire.values import read_answer
from offsetcheck.report.workbooks.form import form_workbook
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.problem import Place


def read_back(answers):
    filled = read_filled(form_workbook(form(answers)), "form.xlsx")
    assert not filled.problems
    read = {
        a.field: (a, read_answer(a, DICTIONARY, filled.about)) for a in filled.sheets[0].answers
    }
    assert [one.problem for _, one in read.values() if one.problem] == []
    return read


def codes(name):
    return st.sampled_from(DICTIONARY.candidate[name].narrow)


def several(strategy):
    return st.lists(strategy, unique=True, max_size=5).map(tuple)


# A spreadsheet keeps no other sign below a space than tab and line feed.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60
) | st.sampled_from(["=1+1", '=HYPERLINK("x")', "'quoted'", "+358", "-", "@x", "a\nb", "_x000D_",
                     "0012", "1e5", "<b>&amp;</b>", "true", "2026-09-30", "  spaces  "])  # fmt: skip
ANSWERS = st.fixed_dictionaries(
    {
        "location": TEXTS,
        "state_aid": st.none() | st.booleans(),
        "issuance_date": st.none() | st.dates(date(1900, 3, 1), date(2299, 12, 31)),
        "tonnes": st.none() | st.floats(1, 1e9, allow_nan=False),
        "public_grant_share": st.none() | st.floats(0, 1).map(lambda share: round(share, 12)),
        "displaced_households": st.none() | st.integers(0, 10**7),
        "consent": st.none() | codes("consent"),
        "environmental_benefits": st.none() | several(codes("environmental_benefits")),
        "sdgs_verified": st.none() | several(st.integers(1, 17)).map(sorted).map(tuple),
    }
)


@settings(max_examples=15, deadline=None)
@given(ANSWERS)
def test_every_answer_is_read_as_it_was_written(answers):
    """Numbers, days, words of lists and texts come back as the same values, a blank as nothing."""
    read = read_back(answers)
    for name, value in answers.items():
        said, found = read[name]
        if name == "location":
            assert found.value == read_text(value)
            assert said.answer.text == (value if value.strip() else "")
        elif isinstance(value, float):
            assert found.value == pytest.approx(value, rel=1e-14, abs=1e-300)
        else:
            assert found.value == value
            assert type(found.value) is type(value) or isinstance(value, tuple)


@pytest.mark.parametrize(
    "name", [n for n, f in DICTIONARY.candidate.items() if f.is_input and f.codes]
)
def test_every_label_of_every_list_reads_back_as_its_code(name):
    """Each word of a drop-down is read as the code that it stands for, in each language."""
    field = DICTIONARY.candidate[name]
    kind = field.type
    for language in {one for code in field.narrow for one in field.codes[code].title}:
        asked = question(name, None)
        labels = {
            code: field.codes[code].title.get(language, field.codes[code].title["en"])
            for code in field.narrow
        }
        asked = replace(asked, choices=labels)
        for code in field.narrow:
            value = (code,) if kind is FieldType.CODES else code
            answer = read_label(labels[code], name)
            assert answer in (value, (code,)), labels[code]


def read_label(label, name):
    cell = Cell(label, Place("form.xlsx", 4, 4, sheet="Offer"))
    blank = Cell("", cell.place)
    return read_answer(FilledAnswer(name, blank, cell, blank, blank), DICTIONARY, ABOUT).value


def test_papers_stand_behind_the_answers():
    """The document and the page that a bidder names become the paper behind his answer."""
    said, found = read_back({"tonnes": 5.0})["tonnes"]
    named = replace(said, document=replace(said.document, text="PDD.pdf"),
                    page=replace(said.page, text="12"))  # fmt: skip
    fact = fact_of(named, found)
    assert (fact.document, fact.page, fact.value) == ("PDD.pdf", "12", 5.0)
    assert str(fact.place) == "form.xlsx:5:4 (sheet Offer, column “What is tonnes?”)"
