import pytest

from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import Severity


def found(folder, file=None, old="", new=""):
    if file is not None:
        path = folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
    return check(load_rulebook(folder))


def test_remarks_on_the_documented_rulebook(folder):
    """Of the documented rulebook the checks remark what is left out for brevity, and no error."""
    for_bidders = {"words.ask_missing", "fields.question_missing", "rules.curable_missing"}
    told = [problem for problem in found(folder) if problem.check not in for_bidders]
    assert [str(problem).splitlines()[0] for problem in told] == [
        "fields/candidate.yaml:58:1: no rule reads `icvcm_decision`",
        "residual/share.yaml:21:1: no example shows `fail`",
        "residual/share.yaml:21:1: no example shows `pass`",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "vintage/age.yaml",
            "code: VIN-01",
            "code: PER-02",
            "the code `PER-02` stands for two rules",
        ),
        ("vintage/age.yaml", "code: VIN-01\n", "", "the rule has no code"),
        (
            "permanence/storage_floor.yaml",
            "cap: 3",
            "cap: 2",
            "the cap 2 lies below every floor, so that its condition never counts",
        ),
        (
            "permanence/storage_floor.yaml",
            "curable: yes",
            "curable: no",
            "a condition on what cannot be mended",
        ),
        (
            "vintage/age.yaml",
            "says:",
            "condition: {en: Before signature a younger vintage is named.}\nsays:",
            "no offer that may be bought is ever short of it, so that its condition never counts",
        ),
        (
            "vintage/age.yaml",
            '    fails: "The vintage is {vintage_age} old; at most {$max_age} are allowed."\n',
            "",
            "the rule does not say what is wrong",
        ),
        (
            "vintage/age.yaml",
            '"The vintage is {vintage_age} old; at most {$max_age} are allowed."',
            "The vintage is recent.",
            "what is wrong is said as what should be",
        ),
        (
            "vintage/age.yaml",
            'at most {$max_age} are allowed."',
            'at most {$max_age} are allowed"',
            "what is wrong is a sentence with a full stop",
        ),
        (
            "vintage/age.yaml",
            "title: The vintage is recent",
            "title: No finding of a court or registry is open",
            "two rules have this title",
        ),
        (
            "additionality/carbon_revenue.yaml",
            "  3: carbon_revenue_share >= 0.5",
            "  3: carbon_revenue_share >= 0.95",
            "level 3 is never given: one above it is wider",
        ),
        (
            "additionality/carbon_revenue.yaml",
            "  3: carbon_revenue_share >= 0.5",
            "  3: carbon_revenue_share  >= 0.9",
            "level 3 has the condition of level 5 and is never given",
        ),
        (
            "additionality/carbon_revenue.yaml",
            "weight: 2",
            "weight: 2\napplies_when: vintage > 2000",
            "no scale or cap of additionality applies to every candidate",
        ),
        (
            "additionality/carbon_revenue.yaml",
            "  - {name: half, given: {carbon_revenue_share: 0.5}, expect: 3}\n",
            "",
            "no example shows `3`",
        ),
        (
            "sources.yaml",
            "town-plan:",
            "unread: {title: Nobody cites this}\ntown-plan:",
            "nothing cites the guide `unread`",
        ),
        (
            "guide.yaml",
            "  vintage: {title: {en: Vintage}}\n",
            "",
            "`vintage` is not a dimension of guide.yaml",
        ),
        (
            "guide.yaml",
            "permanence: {title: {en: Permanence}, integrity: 40, ceiling: 1}",
            "permanence: {title: {en: Permanence}}",
            None,
        ),
        ("tables/events.csv", "notice,read", "notice,reed", "`reed` is no standing"),
        ("tables/events.csv", "E1,registry notice", "E1,", "the event has no `source`"),
        ("tables/events.csv", "closed,2026-01-01", "closed,", "the event has no `known_from`"),
    ],
)
def test_each_check_finds_its_case(folder, file, old, new, message):
    """Each check remarks on the one thing that it looks for, and on nothing where it is mended."""
    before = {problem.message for problem in found(folder)}
    after = {problem.message for problem in found(folder, file, old, new)}
    new_ones = after - before - {"no example shows `not_applicable`"}
    assert new_ones == (set() if message is None else {message})


def test_a_score_that_counts_nowhere_is_an_error(folder):
    """A scale in a dimension without weight is an error, not a remark."""
    problems = found(folder, "guide.yaml", ", integrity: 60, ceiling: 0", "")
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [e.message for e in errors] == [
        "a score in `additionality` counts in neither integrity nor value"
    ]
    assert errors[0].place.file == "additionality/carbon_revenue.yaml"


def test_a_limit_that_is_shown_on_one_side_is_found(folder):
    """Where all examples give a field on one side of its limit, the other side is asked for."""
    old = "monitoring_years: 39}"
    messages = {
        p.message
        for p in found(folder, "permanence/storage_floor.yaml", old, "monitoring_years: 41}")
    }
    assert "no example shows `monitoring_years` below 40" in messages


def without_weight(folder):
    """Return the errors where storage is of value and does not count in integrity."""
    problems = found(folder, "guide.yaml", "integrity: 40, ceiling: 1", "value: 40")
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    return [(error.message, error.place.file) for error in errors]


def test_a_rule_of_value_caps_nothing(folder):
    """What is of value ranks and never caps integrity: such a cap is an error."""
    message = "a rule of `permanence` cannot cap integrity"
    assert without_weight(folder) == [(message, "permanence/storage_floor.yaml")]


def test_a_city_cannot_make_a_rule_of_value_a_cap(folder):
    """Nor can a layer turn a gate of such a dimension into a cap."""
    rule = folder / "permanence" / "storage_floor.yaml"
    rule.write_text(
        rule.read_text().replace("effect: cap ", "effect: gate").replace("cap: 3\n", "")
    )
    town = folder / "cities" / "town.yaml"
    change = "  - {rule: permanence.storage_floor, effect: cap, cap: 2, reason: Ours.}\n"
    town.write_text(town.read_text().replace("change:\n", f"change:\n{change}"))
    message = "a rule of `permanence` cannot cap integrity"
    assert without_weight(folder) == [(message, "cities/town.yaml")]


@pytest.mark.parametrize(
    ("file", "new", "message"),
    [
        ("portfolio/concentration.yaml", "gate", "a rule of the portfolio cannot have the effect"),
        ("residual/share.yaml", "cap\ncap: 2", "a rule of the purchase cannot have the effect"),
    ],
)
def test_an_effect_that_reaches_nothing_is_an_error(folder, file, new, message):
    """A gate on the portfolio holds nothing back, and a purchase has no integrity to cap."""
    old = "effect: note" if "portfolio" in file else "effect: gate"
    problems = found(folder, file, old, f"effect: {new}")
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [error.message for error in errors] == [f"{message} `{new.split()[0]}`"]


def test_a_city_cannot_give_such_an_effect_either(folder):
    """What a city turns into a gate must be something that a gate can hold back."""
    change = "change:\n  - {rule: portfolio.concentration, effect: gate}\n"
    problems = found(folder, "cities/town.yaml", "change:\n", change)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [error.place.file for error in errors] == ["portfolio/concentration.yaml"]


NO_OPEN_ROW = ("tables/events.csv", "VCS902,finding,open,", "VCS902,finding,closed,")
NEVER_OPEN = "`open` is tested of `finding_events` and stands in no edition of the table `events`"
FINDING = "additionality/no_open_finding.yaml"
TESTED = "count_in(finding_events, ('open')) = 0"
CITY = "cities/town.yaml"


def swap(folder, file, old, new):
    """Change one place of a file of the folder."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def test_a_tested_word_that_no_row_has_is_an_error_at_the_word(folder):
    """A rule that can never fire is an error, located at the word; the hint names where it may be listed."""
    [problem] = [p for p in found(folder, *NO_OPEN_ROW) if p.severity is Severity.ERROR]
    assert problem.message == NEVER_OPEN
    line = (folder / FINDING).read_text().splitlines()[problem.place.line - 1]
    assert problem.place.file == FINDING
    assert line[problem.place.column - 1 :].startswith("'open'")
    assert "list it in tables/tables.yaml: events, expected, status" in problem.hint


@pytest.mark.parametrize(
    ("key", "column", "said"),
    [
        ("expected: {status: [open]}", "status", []),
        ("expected: {status: [closed]}", "status", [NEVER_OPEN]),
        ("expected: {kind: [open]}", "kind", [NEVER_OPEN]),
        (
            "expected: {statis: [open]}",
            "statis",
            [NEVER_OPEN, "no edition of `events` has a column `statis`"],
        ),
    ],
)
def test_an_expected_word_is_no_error_in_its_own_column(folder, key, column, said):
    """`expected` lists words of a column that may come; of no other column, and of none that is not there."""
    swap(folder, "tables/tables.yaml", "events:\n", f"events:\n  {key}\n")
    problems = [p for p in found(folder, *NO_OPEN_ROW) if p.severity is Severity.ERROR]
    assert sorted(p.message for p in problems) == sorted(said)
    hints = {p.hint for p in problems if f"`{column}`" in p.message}
    assert hints <= {"did you mean `status`?"}


def test_the_nearest_word_of_the_table_is_named(folder):
    """A code of the dictionary that the table spells otherwise is answered with the table's word."""
    codes = "    open: {title: {en: Open}}\n"
    swap(
        folder,
        "fields/candidate.yaml",
        codes,
        codes + codes.replace("open:", "opened:").replace("Open}", "Opened}"),
    )
    [problem] = [
        p for p in found(folder, FINDING, "'open'", "'opened'") if p.severity is Severity.ERROR
    ]
    assert problem.hint.startswith("did you mean `open`?")


@pytest.mark.parametrize(
    "expression",
    [
        "contains(finding_events, 'opened')",
        "size(finding_events) = 0 AND NOT contains(finding_events, 'opened')",
        "count_in(finding_events, ('open', 'opened')) = 0",
    ],
)
def test_each_way_to_test_a_word_is_seen(folder, expression):
    """Words in lists and beneath other conditions are held against the table."""
    codes = "    open: {title: {en: Open}}\n"
    swap(
        folder,
        "fields/candidate.yaml",
        codes,
        codes + codes.replace("open:", "opened:").replace("Open}", "Opened}"),
    )
    messages = [p.message for p in found(folder, FINDING, TESTED, expression)]
    assert NEVER_OPEN.replace("`open`", "`opened`") in messages


@pytest.mark.parametrize("expression", ["storage_type = 'product'", "storage_type IN ('product')"])
def test_a_word_that_a_derived_field_or_a_parameter_tests_is_seen(folder, expression):
    """Derived fields are read as rules are, and a parameter stands for all words it has held."""
    swap(folder, "tables/storage.csv", "biochar,product\n", "")
    stored = f"stored:\n  type: boolean\n  title: {{en: Stored}}\n  derive: {expression}\n"
    swap(folder, "fields/candidate.yaml", "finding_events:\n", stored + "finding_events:\n")
    files = {p.place.file for p in found(folder) if "`product` is tested of" in p.message}
    assert files == {"fields/candidate.yaml", "permanence/storage_floor.yaml"}


def test_a_word_in_a_condition_that_a_city_changes_is_seen(folder):
    """A city's own condition is held against the table too, located in the city's file."""
    swap(folder, "tables/storage.csv", "biochar,product\n", "")
    swap(folder, CITY, "    weight: 1\n", "    applies_when: storage_type = 'product'\n")
    [problem] = [p for p in found(folder) if p.place.file == CITY and "is tested of" in p.message]
    assert (folder / CITY).read_text().splitlines()[problem.place.line - 1].endswith("'product'")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cities/town.yaml", "floor: {integrity: B", "floor: {integrity: E, reason: Ours"),
        (
            "cities/town.yaml",
            "change:\n",
            "change:\n  - {rule: permanence.storage_floor, cap: 3, reason: Ours.}\n",
        ),
        (
            "cities/town.yaml",
            "change:\n",
            "change:\n  - {rule: permanence.storage_floor, effect: note, reason: Ours.}\n",
        ),
    ],
)
def test_a_condition_that_one_city_can_use_is_not_remarked(folder, file, old, new):
    """A low cap may have a condition where a city buys lower, caps higher or does not cap."""
    dead = "the cap 2 lies below every floor, so that its condition never counts"
    before = found(folder, "permanence/storage_floor.yaml", "cap: 3", "cap: 2")
    assert dead in {problem.message for problem in before}
    assert dead not in {problem.message for problem in found(folder, file, old, new)}


def test_a_condition_on_fields_that_never_change_is_found(folder):
    """A rule that its author calls curable has no condition where nobody can change what it reads."""
    path = folder / "permanence" / "storage_floor.yaml"
    path.write_text(
        path.read_text().replace("requires: monitoring_years >= $", "requires: vintage >= $")
    )
    messages = {problem.message for problem in found(folder)}
    assert "a condition on what cannot be mended" in messages


def test_a_standard_that_grades_nothing_keeps_no_condition_alive(folder):
    """A floor at the lowest grade counts for a city that buys at any grade, not for a standard."""
    dead = "the cap 2 lies below every floor, so that its condition never counts"
    cap = folder / "permanence" / "storage_floor.yaml"
    cap.write_text(cap.read_text().replace("cap: 3", "cap: 2"))
    town = (folder / "cities" / "town.yaml").read_text()
    any_grade = town.replace("floor: {integrity: B", "floor: {reason: any grade, integrity: E")
    any_grade = any_grade.replace("id: town", "id: other")
    speaks_of = "{value: [territory], source: {guide: town-plan, standing: read}}"
    standard = f"kind: standard\nspeaks_of: {speaks_of}"
    for kind, alive in ((standard, False), ("kind: city", True)):
        (folder / "cities" / "other.yaml").write_text(any_grade.replace("kind: city", kind))
        assert (dead not in {problem.message for problem in found(folder)}) is alive


@pytest.mark.parametrize("file", ["guide.yaml", "cities/town.yaml"])
def test_the_source_of_how_long_a_search_counts_is_a_citation(folder, file):
    """A guide that only the term of a search cites is cited, in the guide's file and in a city's."""
    sources = folder / "sources.yaml"
    sources.write_text(f"{sources.read_text()}terms: {{title: Terms of searches}}\n")
    nobody = "nothing cites the guide `terms`"
    assert nobody in {problem.message for problem in found(folder)}
    term = "screening: {holds_days: 60, source: {guide: terms, standing: known}}\n"
    path = folder / file
    text = path.read_text()
    if "screening:" in text:
        text = text[: text.index("screening:")] + text[text.index("effective:") :]
    path.write_text(text + term)
    assert nobody not in {problem.message for problem in found(folder)}
