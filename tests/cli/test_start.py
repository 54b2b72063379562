"""What `init` begins is used as it is: valid at once, filled in, judged by the city's own folder."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.api.city import cities_chosen, city_chosen
from offsetcheck.api.own_city import check_own_city
from offsetcheck.intake.tender.purchase import read_purchase
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.vocabulary.problem import InputError, RequestError
from offsetcheck.vocabulary.purchase import Stage

DAY = ("--as-of", "2026-09-30")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "start.md"
OFFERS = "id,name,programme,vintage\nVCS902,Kariba,VCS,2018\n"
CITIES = ("turku", "bogota", "melbourne", "palo_alto", "icvcm_ccp")


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


@pytest.mark.parametrize("city", CITIES)
def test_a_begun_tender_is_valid_at_once(offsetcheck, rulebook, city):
    """Every file is read without a problem, and no value is stated but the city and the stage."""
    assert offsetcheck("init", "tender", "t", "--city", city, *DAY).status == 0
    Path("t/offers.csv").write_text(OFFERS)
    tender = read_tender(Path("t"), rulebook.dictionary)
    assert [str(problem) for problem in tender.problems] == []
    assert tender.city == city
    assert set(tender.purchase.facts) == {"city", "stage"}
    assert tender.purchase.stage is Stage.CLARIFICATION


def test_every_value_of_a_purchase_is_explained(offsetcheck, rulebook):
    """Each field stands once, with its title; one that rules need says which, and is marked."""
    offsetcheck("init", "tender", "t", "--city", "turku", *DAY)
    text = Path("t/purchase.yaml").read_text("utf-8")
    fields = {n: f for n, f in rulebook.dictionary.purchase.items() if f.is_input}
    for name, field in fields.items():
        assert len(re.findall(rf"^(?:# )?{name}:", text, re.MULTILINE)) == 1, name
        assert f"# {field.title['en']}\n" in text
    assert (
        "The purchase is authorised" in text.partition("\nauthorised_by:  # ← fill in\n")[0][-400:]
    )
    assert "\n# residual_method:\n" in text  # no rule of Turku asks for it


def test_a_begun_tender_can_be_filled_in(offsetcheck, rulebook):
    """A value written behind its mark, and one freed of its sign, are read."""
    offsetcheck("init", "tender", "t", "--city", "turku", *DAY)
    path = Path("t/purchase.yaml")
    text = path.read_text("utf-8").replace("\ntonnes:  #", "\ntonnes: 2000  #")
    text = text.replace("\n# residual_method:", "\nresidual_method: bottom_up")
    for section in ("award", "exchange_rates"):
        block = re.search(rf"^# {section}:\n(#   .*\n)+", text, re.MULTILINE)[0]
        text = text.replace(block, re.sub("^# ", "", block, flags=re.MULTILINE))
    text = text.replace("\ncurrency:  #", "\ncurrency: EUR  #")
    purchase, problems = read_purchase(text.encode(), "purchase.yaml", rulebook.dictionary)
    assert problems == ()
    assert (purchase.value("tonnes"), purchase.value("residual_method")) == (2000, "bottom_up")
    assert purchase.rates
    assert purchase.award.min_grade == "C"


def test_a_tender_names_the_folder_of_its_city_from_where_it_lies(offsetcheck, rulebook):
    """A city's folder beside the tender is named by its way from there, and decides."""
    offsetcheck("init", "city", "Port Example", "--country", "US", *DAY)
    ended = offsetcheck("init", "tender", "tenders", "--city", "./port_example", *DAY)
    assert ended.status == 0, ended
    assert '\ncity: "../port_example"\n' in Path("tenders/purchase.yaml").read_text("utf-8")
    Path("tenders/offers.csv").write_text(OFFERS)
    case = open_tender("tenders", rulebook, as_of=date(2026, 9, 30))
    assert case.bound.city.id == "port_example"
    assert "--city" not in case.setting.origin.reproduce
    named = open_tender(
        "tenders/offers.csv", rulebook, as_of=date(2026, 9, 30), city="./port_example"
    )
    assert "--city ./port_example" in named.setting.origin.reproduce
    assert named.bound.hash == case.bound.hash
    far = offsetcheck("init", "tender", "a/b/c", "--city", "./port_example", *DAY)
    assert far.status == 2
    assert "lies elsewhere" in far.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("Port Example", "--country", "US"),
        ("Köln", "--country", "DE"),
        ("Hà Nội", "--country", "VN"),
        ("Nowhere",),
        ("Turku", "--extends", "turku"),
        ("Turun koulut", "--extends", "turku", "--lang", "fi"),
        ("Oulu", "--country", "FI", "--lang", "fi"),
        ('A "quoted" # name: {x}\n---\nid: y', "--country", "us"),
        ("Evil\x1b[31m\u2028id: x\u202e", "--country", "US"),
    ],
)
def test_a_begun_city_is_sound_at_once(offsetcheck, words):
    """The folder loads without a problem or remark, and has the name that was given."""
    ended = offsetcheck("init", "city", words[0], "c", *words[1:], *DAY)
    assert ended.status == 0, ended
    checked = check_own_city("c")
    assert checked.problems == ()
    city = checked.own.rulebook.cities[checked.own.id]
    if "--extends" not in words:
        assert city.name["en"].replace(" ", "") == "".join(
            filter(str.isprintable, words[0])
        ).replace(" ", "")
        assert city.example is not None
        assert city.remedy is None


def test_what_is_left_to_fill_in_is_told(offsetcheck):
    """Of a city begun without its country, every gap is told at its line and no code fills it."""
    offsetcheck("init", "city", "Port Example", "c", *DAY)
    ended = offsetcheck("cities", "check", "c")
    assert ended.status == 0, ended
    assert "0 errors, 0 remarks, 5 to fill in" in ended.stderr
    left = check_own_city("c").unfilled
    lines = Path("c/city.yaml").read_text("utf-8").splitlines()
    keys = [lines[one.place.line - 1].partition(":")[0] for one in left if one.place.line]
    assert keys[:2] + keys[3:] == ["example", "jurisdictions", "remedy", "undecided"]
    assert not re.search(r"\b[XZ]Z\b", "\n".join(lines))
    offsetcheck("init", "city", "Oulu", "f", "--country", "FI", *DAY)
    assert len(check_own_city("f").unfilled) == 3


def test_a_city_of_the_union_has_its_law(offsetcheck, rulebook):
    """A member state stands below the Union, another country alone, one without a file has one begun."""
    for country, jurisdictions in (("DE", ("eu", "de")), ("US", ("us",)), ("IT", ("eu", "it"))):
        offsetcheck("init", "city", "Somewhere", country, "--country", country, *DAY)
        own = city_chosen(f"./{country}", rulebook)
        assert own.rulebook.cities["somewhere"].jurisdictions == jurisdictions
    assert Path("IT/jurisdictions/it.yaml").is_file()


def test_every_decision_can_be_taken_by_taking_a_sign_away(offsetcheck, rulebook):
    """All parameters that stand behind signs, freed of them, are read; none is unknown."""
    offsetcheck("init", "city", "Port Example", "c", "--country", "US", *DAY)
    path = Path("c/city.yaml")
    text = path.read_text("utf-8")
    text = text.replace("\n# parameters:", "\nparameters:")
    text = re.sub(r"^#   ([a-z_]+\.[a-z_]+\.[a-z_]+: )", r"  \1", text, flags=re.MULTILINE)
    text = re.sub(r"^undecided:\n(  - .*\n)+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^# (adopt_also:|  - (?=[a-z_]+\.))", r"\1", text, flags=re.MULTILINE)
    path.write_text(
        text.replace("guide: our-decision, standing: read", "standing: design"), "utf-8"
    )
    city = check_own_city("c").own.rulebook.cities["port_example"]
    assert len(city.parameters) > 45
    assert len(city.adopt_also) > 50


def test_the_own_templates_are_used_unless_others_are_named(offsetcheck, tmp_path):
    """A page is made by the template of the city's folder; `--templates` comes before it."""
    offsetcheck("init", "city", "Port Example", "c", "--country", "US", *DAY)
    Path("offers.csv").write_text(OFFERS)
    name = "candidate.md.jinja"
    Path("c/templates", name).write_text("Of our own: {{ report.offer.id }}\n")
    other = tmp_path / "other"
    other.mkdir()
    (other / name).write_text("Of others: {{ report.offer.id }}\n")
    words = ("assess", "offers.csv", "--city", "./c", *DAY, "--format", "md")
    assert offsetcheck(*words, "-o", "own").status == 0
    assert offsetcheck(*words, "-o", "others", "--templates", other).status == 0
    assert Path("own/offers/VCS902.md").read_text() == "Of our own: VCS902\n"
    assert Path("others/offers/VCS902.md").read_text() == "Of others: VCS902\n"


def test_a_city_of_its_own_is_taken_by_every_command(offsetcheck):
    """assess, batch, compare, drift, cities and rules all take the folder in place of a name."""
    offsetcheck("init", "city", "Port Example", "c", "--country", "US", *DAY)
    Path("offers.csv").write_text(OFFERS)
    for words in (
        ("assess", "offers.csv", "--city", "./c", *DAY, "-o", "out"),
        ("batch", "offers.csv", "--city", "./c", "--city", "turku", *DAY, "-o", "tables"),
        ("explain", "offers.csv", "VCS902", "--city", "./c", *DAY),
        ("compare", "offers.csv", "VCS902", "--cities", "turku,./c", *DAY),
        ("drift", "offers.csv", "--city", "./c", "--from", "2024-01-01", "--to", "2026-09-30"),
        ("cities", "show", "./c", *DAY),
        ("rules", "show", "vintage.age", "--city", "./c", *DAY),
        ("rules", "sources", "--city", "./c", *DAY),
    ):
        ended = offsetcheck(*words)
        assert ended.status == 0, (words, ended)
    assert Path("tables/offers/port_example/index.html").is_file()


def test_two_cities_of_one_id_are_not_judged_side_by_side(offsetcheck, rulebook):
    """A shipped city and one that stands in for it cannot be told apart in one comparison."""
    offsetcheck("init", "city", "Turku", "c", "--extends", "turku", *DAY)
    with pytest.raises(RequestError, match="both the city `turku`"):
        cities_chosen(["turku", "./c"], rulebook, "cities")


@pytest.mark.parametrize(
    "named",
    ["../../etc", "/etc/passwd", ".", "link", "inner/../../..", "c.yaml/x", "a\\0/b", "./missing"],
)
def test_a_tender_leads_nowhere_else(rulebook, tmp_path, named):
    """A path out of the tender, a link out of it and the tender itself are no cities."""
    tender = tmp_path / "a" / "t"
    tender.mkdir(parents=True)
    (tender / "link").symlink_to(tmp_path)
    (tender / "purchase.yaml").write_text(f'city: "{named}"\n')
    (tender / "offers.csv").write_text(OFFERS)
    with pytest.raises(InputError):
        open_tender(tender, rulebook, as_of=date(2026, 9, 30))


def test_the_cities_of_the_page_are_sound(tmp_path):
    """The folders that docs/start.md shows are checked without an error."""
    shown = re.findall(
        r"^```yaml ([\w/.]+)\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    for name, text in shown:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert {path.parent.name for path in tmp_path.glob("*/city.yaml")} == {"port", "turku"}
    for folder in ("port", "turku"):
        assert check_own_city(tmp_path / folder).errors == 0


def test_force_keeps_what_others_put_there(offsetcheck):
    """With --force what an earlier run wrote is written anew, and an officer's other files stay."""
    offsetcheck("init", "tender", "t", "--city", "turku", *DAY)
    Path("t/offers.csv").write_text(OFFERS)
    Path("t/purchase.yaml").write_text("title: x\n")
    assert offsetcheck("init", "tender", "t", "--city", "turku", *DAY).status == 2
    assert Path("t/purchase.yaml").read_text() == "title: x\n"
    assert offsetcheck("init", "tender", "t", "--city", "turku", *DAY, "--force").status == 0
    assert "← fill in" in Path("t/purchase.yaml").read_text("utf-8")
    assert Path("t/offers.csv").read_text() == OFFERS
    shutil.rmtree("t")
