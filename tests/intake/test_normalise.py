"""Text to values: what is read, what is refused, and what stands for nothing."""

from contextlib import suppress
from datetime import date

import pycountry
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.intake.normalise.amounts import read_integer, read_number
from offsetcheck.intake.normalise.codes import code_reader, read_boolean
from offsetcheck.intake.normalise.countries import read_country
from offsetcheck.intake.normalise.dates import DateStyle, read_date
from offsetcheck.intake.normalise.ids import canonical_id, programme_of
from offsetcheck.intake.normalise.methodologies import read_methodology, read_version
from offsetcheck.intake.normalise.numbers import NumberStyle, number_text
from offsetcheck.intake.normalise.readers import UNTOLD, reader_for
from offsetcheck.intake.normalise.sdgs import read_sdgs
from offsetcheck.intake.normalise.text import OneOf, tidy
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.problem import UnreadableError

SPOKEN = ("en", "fi", "sv", "es", "nl", "de", "fr", "pt")
UNCLEAR = {"Kongo"}  # of either of two countries
DOT, COMMA, GROUPED, UNKNOWN = (
    NumberStyle.DOT, NumberStyle.COMMA, NumberStyle.GROUPED, NumberStyle.UNKNOWN,
)  # fmt: skip

SHARE = reader_for(
    Field(name="grant", subject="candidate", type="number", unit="share", range=(0, 1), title={}),
    UNTOLD,
)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("72,000", DOT, 72000), ("97,193.00", UNKNOWN, 97193), ("7984006,0", UNKNOWN, 7984006),
        ("1 234 567", UNKNOWN, 1234567), ("1\u00a0250", UNKNOWN, 1250), ("12.5", UNKNOWN, 12.5),
        ("12,5", UNKNOWN, 12.5), ("€ 12.50", UNKNOWN, 12.5), ("2000 t", UNKNOWN, 2000),
        ("2000 tCO2e", UNKNOWN, 2000), ("-30", UNKNOWN, -30), ("−30", UNKNOWN, -30),
        ("1.234", DOT, 1.234), ("1.234", COMMA, 1234), ("1,234", GROUPED, 1234), ("1,234", COMMA, 1.234),
        ("0.125", UNKNOWN, 0.125), ("1'234'567", UNKNOWN, 1234567), ("1.5e3", DOT, 1500), ("1,23,456", DOT, 123456),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written(text: str, style: NumberStyle, value: float) -> None:
    """A number is read with thousands and decimals told apart, by itself or by its column."""
    assert read_number(text, style) == value


@pytest.mark.parametrize(
    ("text", "style"),
    [("1.234", UNKNOWN), ("1,234", UNKNOWN), ("1.234", GROUPED), ("-2.500", UNKNOWN)],
)
def test_a_number_of_two_readings_is_refused(text: str, style: NumberStyle) -> None:
    """`1.234` may be a thousand or one and a bit: it is refused with both ways to write it."""
    with pytest.raises(UnreadableError) as refused:
        read_number(text, style)
    assert "two numbers" in refused.value.reason
    assert refused.value.hint


@pytest.mark.parametrize("text", ["ten", "1.2.3,4,5", "12-13", "1e999", "0x10", "1,23,45"])
def test_what_is_no_number_is_refused(text: str) -> None:
    """Words, ranges and numbers too large are refused, never guessed."""
    with pytest.raises(UnreadableError):
        read_number(text, DOT)


def test_integers_and_shares() -> None:
    """An integer has no fraction and is exact as a double; a share may be written in percent."""
    assert read_integer("2003.0") == 2003
    assert SHARE("30 %") == 0.3
    assert SHARE("0.3") == 0.3
    for text in ("2.5", str(2**53 + 1)):
        with pytest.raises(UnreadableError):
            read_integer(text)


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_a_number_written_by_us_reads_back(number: float) -> None:
    """Typed numbers of spreadsheets and JSON survive the way through text."""
    assert read_number(number_text(number), UNKNOWN) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-01", date(2025, 7, 1)), ("30 Sep 2006", date(2006, 9, 30)),
        ("28 May 19", date(2019, 5, 28)), ("9/20/2023 1:39:05 PM", date(2023, 9, 20)),
        ("2019-06-24 00:00:00", date(2019, 6, 24)), ("2025-11-03T00:00:00+00:00", date(2025, 11, 3)),
        ("30.9.2026", date(2026, 9, 30)), ("2126-03-31", date(2126, 3, 31)), ("20/9/2023", date(2023, 9, 20)),
        ("May 3, 2021", date(2021, 5, 3)), ("5/5/2020", date(2020, 5, 5)),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(text: str, day: date) -> None:
    """A day is read in each form that registries use, its time of day dropped."""
    assert read_date(text) == day


def test_the_month_comes_first_where_the_layout_or_the_column_says_so() -> None:
    """3/4/2020 is two days until something decides."""
    assert read_date("3/4/2020", DateStyle.MONTH_FIRST) == date(2020, 3, 4)
    assert read_date("3/4/2020", DateStyle.DAY_FIRST) == date(2020, 4, 3)
    with pytest.raises(UnreadableError, match="two days"):
        read_date("3/4/2020")


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2021", "soon", "0001-01-01", "13/13/2020", "31 Foo 2020"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    """A year alone, a day that no calendar has and years far off are refused."""
    with pytest.raises(UnreadableError):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US", "US"), ("United States", "US"), ("United States of America", "US"),
        ("Mainland China", "CN"), ("Türkiye", "TR"), ("Turkey", "TR"), ("DRC", "CD"),
        ("CONGO, THE DEMOCRATIC REPUBLIC OF THE", "CD"), ("Congo (Democratic Republic of)", "CD"),
        ("Congo Republic", "CG"), ("Viet Nam", "VN"), ("Korea, Republic of", "KR"),
        ("Korea (Republic of)", "KR"), ("Tanzania United Republic of", "TZ"), ("Afghanistan ", "AF"),
        ("NA", "NA"), ("NAM", "NA"), ("Hong Kong", "HK"), ("Kosovo", "XK"), ("Scotland", "GB"),
        ("COTE D'IVOIRE", "CI"), ("FIN", "FI"), ("Bosnia & Herzegovina", "BA"),
        ("Côte d’Ivoire", "CI"), ("UAE", "AE"), ("Turquía", "TR"), ("Turkki", "TR"), ("Turkiet", "TR"),
        ("Türkei", "TR"), ("Turquie", "TR"), ("Turquia", "TR"), ("Turkije", "TR"), ("ken", "KE"),
        ("Taiwan, China", "TW"), ("Taiwan, Province of China", "TW"), ("Hong Kong SAR, China", "HK"),
        ("Korea, Rep.", "KR"), ("Korea, Dem. People's Rep.", "KP"), ("Congo, Dem. Rep.", "CD"),
        ("Congo, Rep.", "CG"), ("Iran (Islamic Republic of)", "IR"), ("Egypt, Arab Rep.", "EG"),
        ("Bolivia (Plurinational State of)", "BO"), ("Kenya (KE)", "KE"), ("KE - Kenya", "KE"),
        ("🇰🇪 Kenya", "KE"), ("US-CA", "US"), ("Swaziland (Eswatini)", "SZ"), ("St. Lucia", "LC"),
    ],
)  # fmt: skip
def test_countries_by_code_and_by_the_names_registries_use(text: str, code: str) -> None:
    """Each spelling gives the two-letter code."""
    assert read_country(text) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kenya; Uganda", ("KE", "UG")), ("Kenya/Colombia", ("KE", "CO")), ("KE | FI", ("KE", "FI")),
        ("Kenya & Uganda", ("KE", "UG")), ("Kenya, Uganda and Tanzania", ("KE", "UG", "TZ")),
        ("Trinidad and Tobago; Kenya", ("TT", "KE")), ("Kenya - Uganda", ("KE", "UG")),
        ("Kenya, Tanzania, United Republic of", ("KE", "TZ")), ("Kenya y Uganda", ("KE", "UG")),
        ("Kenya\nUganda", ("KE", "UG")), ("🇰🇪🇺🇬", ("KE", "UG")), ("Taiwan; China", ("TW", "CN")),
    ],
)  # fmt: skip
def test_several_countries_are_each_possible(text: str, codes: tuple[str, ...]) -> None:
    """Where several countries are named, the project's law may be that of each of them."""
    assert read_country(text) == OneOf(codes)


@pytest.mark.parametrize(
    "text", ["International", "worldwide", "multiple", "Various", "Afrika", "EU", "Mundo"]
)
def test_a_word_for_countries_names_none(text: str) -> None:
    """A word that names no country is refused with what to do: no law is ruled out by it."""
    with pytest.raises(UnreadableError) as refused:
        read_country(text)
    assert "name the countries" in str(refused.value.hint)


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_2)
def test_a_country_is_read_by_its_name_in_each_language(country) -> None:
    """Codes, ISO's names and CLDR's in the languages of cities and sellers give the country."""
    names = {Locale(spoken).territories[country.alpha_2] for spoken in SPOKEN}
    for name in {country.name, country.alpha_2, country.alpha_3, *names} - UNCLEAR:
        assert read_country(name) == country.alpha_2, name


def test_a_part_of_a_country_is_none_and_says_whose_it_is() -> None:
    """California is refused with the country to write."""
    with pytest.raises(UnreadableError) as refused:
        read_country("California")
    assert "US" in str(refused.value.hint)


def test_a_name_that_is_of_two_countries_is_refused() -> None:
    """Kongo is either of the two, by who writes it."""
    with pytest.raises(UnreadableError):
        read_country("Kongo")


def test_a_country_not_stated_is_not_namibia() -> None:
    """`N/A` and `not found` state nothing; what nobody knows is refused with the nearest name."""
    assert read_country("N/A") is None
    assert read_country("not found") is None
    with pytest.raises(UnreadableError) as refused:
        read_country("Finlnad")
    assert "finland" in str(refused.value.hint)


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("5,13,3,6,15,7", (3, 5, 6, 7, 13, 15)),
        ("03: Good Health and Well-Being;06: Clean Water and Sanitation", (3, 6)),
        ("09: Industry, Innovation and Infrastructure, 13: Climate Action", (9, 13)),
        ("2. Zero Hunger;13. Climate Action", (2, 13)),
        ("Goal 13: Climate Action", (13,)), ("SDG 13 - Climate action", (13,)),
        ("SDG 13: Climate Action", (13,)), ('["SDG 1: No Poverty", "SDG 17: Partnerships"]', (1, 17)),
        ("none", ()),
    ],
)  # fmt: skip
def test_goals_in_the_seven_spellings(text: str, goals: tuple[int, ...]) -> None:
    """Goals are told by their numbers, whatever stands around them, and come out in order."""
    assert read_sdgs(text) == goals


def test_a_goal_that_is_none_is_refused() -> None:
    """Numbers beyond seventeen and words without a number name no goal."""
    for text in ("18", "Climate Action"):
        with pytest.raises(UnreadableError):
            read_sdgs(text)


@pytest.mark.parametrize(
    ("text", "programme", "identity"),
    [
        ("GLD1381", None, "GS1381"), ("GS1381", None, "GS1381"), ("1381", "GS", "GS1381"),
        ("934", "VCS", "VCS934"), ("VCS-934", None, "VCS934"), ("vcs 934", None, "VCS934"),
        ("ACR0242", None, "ACR242"), ("ACR242", None, "ACR242"), ("VCSOPR10", None, "VCSOPR10"),
        ("EOP100945", None, "EOP100945"), ("934", None, "934"), ("934.0", "VCS", "VCS934"),
        ("CDC-12-0034", None, "CDC-12-0034"),
    ],
)  # fmt: skip
def test_ids_take_one_form(text: str, programme: str | None, identity: str) -> None:
    """Ids of different lists and years become the same text."""
    assert canonical_id(text, programme) == identity


def test_a_prefix_tells_the_programme() -> None:
    """The programme is read from an id that carries its prefix, and from no other."""
    assert programme_of("VCS934") == "VCS"
    assert programme_of("EOP100945") == "ACCU"
    assert programme_of("VCSOPR10") == "VCS"
    assert programme_of("RVPA-12") is None


@pytest.mark.parametrize(
    ("text", "name", "version"),
    [
        ("VMR0014 (Version 1)", "VMR0014", "1"), ("AMS-I.D. (Version NA)", "AMS-I.D", None),
        ("ams-iii-au", "AMS-III.AU", None), ('["acm0002"]', "ACM0002", None),
        ("AR-ACM0003 Afforestation and reforestation of lands except wetlands", "AR-ACM0003", None),
        ("AMS-III.G. Landfill methane recovery", "AMS-III.G", None), ("VM0042 v2.1", "VM0042", "2.1"),
        ("VMR0017 Grid-connected electricity (ACM0002 revision)", "VMR0017", None),
        ("CAR U.S. Landfill Protocol", "CAR U.S. Landfill Protocol", None),
        ("GS TPDDTEC v3.1", "GS TPDDTEC", "3.1"), ("Other", None, None),
        ("Gold Standard TPDDTEC v3.1", "GS TPDDTEC", "3.1"), ("VM0015 (REDD+), v1.1", "VM0015", "1.1"),
        ("VM0007 REDD+ Methodology Framework (REDD+MF), v1.6", "VM0007", "1.6"),
        ("ACM0002 ver 12.3.0", "ACM0002", "12.3.0"), ("VM0042v2.1", "VM0042", "2.1"),
        ("VM 0042", "VM0042", None), ("CDM - AR-ACM0003: Lands except wetlands", "AR-ACM0003", None),
        ("BCR0002", "BCR0002", None), ("SCM0004", "SCM0004", None), ("VMT0001", "VMT0001", None),
        ("PM001", "PM001", None), ("AM0026", "AM0026", None), ("Version 2.1", None, "2.1"),
        ("bio-oil-geological-storage", "Bio-oil Geological Storage", None),
        ("VM0047 (Version 1.1), VMD0054 (Version NA), VT0008 (Version 1)", "VM0047", "1.1"),
    ],
)  # fmt: skip
def test_methodologies_lose_title_and_version(
    text: str, name: str | None, version: str | None
) -> None:
    """The id that opens a cell is read, never one that a revision mentions; the version apart."""
    assert read_methodology(text) == name
    assert read_version(text) == version


@pytest.mark.parametrize(
    ("text", "names", "version"),
    [
        ("AMS-I.D.; AMS-III.G.", ("AMS-I.D", "AMS-III.G"), None),
        ("ACM0001 (Version 19), VMR0016 (Version NA)", ("ACM0001", "VMR0016"), None),
        ("ACM0002 v20.0; AMS-I.D v18.0", ("ACM0002", "AMS-I.D"), OneOf(("20.0", "18.0"))),
        ("ACM0002 v20.0; AMS-I.D v20.0", ("ACM0002", "AMS-I.D"), "20.0"),
        ("AMS-I.D, AMS-II.G", ("AMS-I.D", "AMS-II.G"), None),
        ("VM0007+VM0015", ("VM0007", "VM0015"), None),
        ("VM0007 and VM0015", ("VM0007", "VM0015"), None),
        ("VM0007|GS TPDDTEC v3.1", ("VM0007", "GS TPDDTEC"), None),
        ("AR-ACM0003 + VM0033", ("AR-ACM0003", "VM0033"), None),
        ("ACM0001/AMS-I.D & VM0042", ("ACM0001", "AMS-I.D", "VM0042"), None),
        ("VM0042 Farm land\nVM0017 Adoption", ("VM0042", "VM0017"), None),
        ("VM0042 Farm land, VM0017 Adoption", ("VM0042", "VM0017"), None),
        ("VM0047 ARR v1.0 / VM0033 Tidal v2.1", ("VM0047", "VM0033"), OneOf(("1.0", "2.1"))),
    ],
)  # fmt: skip
def test_several_methodologies_are_one_of_them(text: str, names, version) -> None:
    """Which of several the credits come from decides on the rules: the cell alone does not say."""
    assert read_methodology(text) == OneOf(names)
    assert read_version(text) == version


def test_a_title_that_holds_and_or_a_comma_is_one_methodology() -> None:
    """Only bare ids are parted by what also stands within titles."""
    title = "ACR Afforestation and Reforestation of Degraded Lands, U.S. and Canada"
    assert read_methodology(title) == title
    assert read_methodology("VMR0006 revision to AMS-II.G and AMS-I.E") == "VMR0006"


TYPES = Field(
    name="type", subject="candidate", type="code", title={"en": "Type"},
    codes={
        "wind": {"title": {"en": "Wind"}}, "sun": {"title": {"en": "Sun"}},
        "stoves": {"title": {"en": "Stoves"}, "spellings": ["Stoves, clean and safe"]},
        "power": {"title": {"en": "Power"}, "covers": ["wind", "sun"]},
        "energy": {"title": {"en": "Energy"}, "covers": ["power", "stoves"]},
        "other": {"title": {"en": "Other"}, "covers": ["*"]},
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Wind", "wind"), ("POWER", OneOf(("wind", "sun"))), ("wind; Power", OneOf(("wind", "sun"))),
        ("energy", OneOf(("wind", "sun", "stoves"))), ("Other", OneOf(("wind", "sun", "stoves"))),
        ("wind, sun", OneOf(("wind", "sun"))), ("Stoves, clean and safe", "stoves"),
        ("Stoves, clean and safe; Wind", OneOf(("stoves", "wind"))), ("wind and sun", OneOf(("wind", "sun"))),
        ("-", None),
    ],
)  # fmt: skip
def test_a_broad_word_is_one_of_the_codes_that_it_covers(text: str, read) -> None:
    """A broad word, and a cell of several words, tell a code in part; no value is a broad word."""
    assert code_reader(TYPES)(text) == read


def test_a_word_that_covers_too_many_codes_states_nothing() -> None:
    """More than 64 possible values are as good as none."""
    codes = {f"c{number}": {"title": {"en": f"Code {number}"}} for number in range(65)}
    other = {"title": {"en": "Other"}, "covers": ["*"]}
    many = TYPES.model_copy(update={"codes": {**TYPES.codes, **Field.model_validate({
        "name": "t", "subject": "candidate", "type": "code", "title": {"en": "T"},
        "codes": {**codes, "other": other}}).codes}})  # fmt: skip
    assert code_reader(many)("other") is None


def test_a_cell_with_an_unknown_word_beside_a_known_one_is_not_read() -> None:
    """What is known of such a cell is not all that it says."""
    with pytest.raises(UnreadableError, match="not a known word"):
        code_reader(TYPES)("wind; water")


@given(st.text(max_size=60))
def test_readers_refuse_in_their_own_words(text: str) -> None:
    """Whatever the text, a reader returns a value or raises UnreadableError, nothing else."""
    for read in (read_number, read_integer, SHARE, read_date, read_country, read_sdgs,
                 read_methodology, read_version, tidy):  # fmt: skip
        with suppress(UnreadableError):
            read(text)


@pytest.mark.parametrize(
    ("yes", "no"),
    [("yes", "no"), ("kyllä", "ei"), ("ja", "nej"), ("sí", "no"), ("ja", "nee"), ("ja", "nein"),
     ("oui", "non"), ("sim", "não")],
)  # fmt: skip
def test_yes_and_no_are_heard_in_every_language_of_the_headings(yes: str, no: str) -> None:
    """English, Finnish, Swedish, Spanish, Dutch, German, French and Portuguese."""
    assert (read_boolean(yes), read_boolean(no.upper())) == (True, False)
