"""What is wrong with files that do not load, as authors are told of it: a page for each family.

They are found while files are read (`vocabulary/forms`, `rulebook/`), and cannot be excepted.
"""

from offsetcheck.rulebook.lint.check import Described
from offsetcheck.vocabulary.problem import Severity

UNUSED = "While a file does not load no rule is used: nobody is judged by half of a rulebook."


def _of(id_: str, title: str, finds: str, *rest: str) -> Described:
    """Return one family; `rest` are the wrong lines, the right ones and the next step."""
    wrong, right, step = rest
    return Described(
        id=id_,
        severity=Severity.ERROR,
        title=title,
        finds=finds,
        why=UNUSED,
        wrong=f"{wrong}\n",
        right=f"{right}\n",
        step=step,
    )


LOADING: tuple[Described, ...] = (
    _of(
        "yaml.syntax",
        "A file is no YAML",
        "Brackets and quotes that are not closed, colons, tabs and indentation in the wrong place.",
        "sources: [{guide: icroa]",
        "sources: [{guide: icroa}]",
        "Look at the place named and at the line above it.",
    ),
    _of(
        "yaml.key_twice",
        "A key stands twice",
        "Keys that stand twice in one mapping, of which a reader would see one only.",
        "cap: 3\ncap: 2",
        "cap: 3",
        "Keep one of the two; where the line of another key is lost, write it again.",
    ),
    _of(
        "yaml.not_allowed",
        "A sign of YAML is not allowed here",
        "Anchors, aliases, tags, merge keys and further documents in one file.",
        "levels: *same",
        "levels:\n  5: share >= 0.9",
        "Write the value out.",
    ),
    _of(
        "yaml.too_large",
        "A file is too large or too deep",
        "Files beyond the limits of length, depth and number of values.",
        "# a file of millions of characters",
        "# several files",
        "Split the file.",
    ),
    _of(
        "file.missing",
        "A file is missing",
        "Files that every rulebook has.",
        "# no sources.yaml",
        "# sources.yaml\nicroa: {title: Code of best practice}",
        "Write the file, or bring it back.",
    ),
    _of(
        "file.not_read",
        "A file is not read",
        "Files whose name tells that they were meant to be read.",
        "# vintage/age.yml",
        "# vintage/age.yaml",
        "Give the file the ending `.yaml`.",
    ),
    _of(
        "file.not_utf8",
        "A file is not UTF-8",
        "Files in another encoding.",
        "# saved as Latin-1",
        "# saved as UTF-8",
        "Save the file as UTF-8.",
    ),
    _of(
        "file.unreadable",
        "A file cannot be read",
        "Links, pipes, devices and files that may not be opened.",
        "# vintage/age.yaml is a link",
        "# vintage/age.yaml is a plain file",
        "Put a plain file in its place.",
    ),
    _of(
        "file.missing_key",
        "A key is missing",
        "Keys that a file of this kind needs.",
        "id: vintage.age",
        "id: vintage.age\ntitle: The vintage is recent",
        "Write the key.",
    ),
    _of(
        "file.unknown_key",
        "A key cannot stand here",
        "Keys that nothing reads, most often misspelt.",
        "if_unknwon: hold",
        "if_unknown: hold",
        "Write the key as the hint says, or leave it out.",
    ),
    _of(
        "file.wrong_value",
        "A value cannot stand here",
        "Values of another kind than the key holds.",
        "weight: heavy",
        "weight: 2",
        "Write a value of the kind named.",
    ),
    _of(
        "file.unsound",
        "A file does not fit the others",
        "What a file says and another contradicts.",
        "id: vintage.old",
        "id: vintage.age",
        "Do what the hint says.",
    ),
    _of(
        "name.unknown",
        "A name stands nowhere",
        "Names of fields, rules, parameters, guides, tables and dimensions that nothing gives.",
        "requires: vintge >= 2020",
        "requires: vintage >= 2020",
        "Write the name as the hint says, or add what it names.",
    ),
    _of(
        "expression.unreadable",
        "An expression cannot be read",
        "Conditions with words, signs or types that cannot stand in them.",
        "requires: vintage == 2020",
        "requires: vintage = 2020",
        "Do what the hint at the place says.",
    ),
    _of(
        "guide.unsound",
        "The guide contradicts itself",
        "Dimensions, grades and floors in guide.yaml that do not go together.",
        "grades: {A: 3, B: 4}",
        "grades: {A: 4, B: 3}",
        "Do what the hint says.",
    ),
    _of(
        "source.unsound",
        "A source is not as it should be",
        "Citations and guides that do not go together.",
        "source: {standing: design, guide: icroa}",
        "source: {standing: design}",
        "Do what the hint says.",
    ),
    _of(
        "field.unsound",
        "A field contradicts itself",
        "Fields whose type, codes, range, table or expression do not go together.",
        "type: code\n# no codes",
        "type: code\ncodes:\n  a: {title: {en: A}}",
        "Do what the hint says.",
    ),
    _of(
        "table.unsound",
        "A table is not as it should be",
        "Rows, cells and editions of tables that do not go together.",
        "id,day\nVCS1",
        "id,day\nVCS1,2026-01-01",
        "Mend the row or the edition named.",
    ),
    _of(
        "table.not_csv",
        "A table is no CSV",
        "Quotes that are not closed and other signs that no table can hold.",
        'id,name\nVCS1,"Forest',
        'id,name\nVCS1,"Forest"',
        "Close the quote.",
    ),
    _of(
        "parameter.unsound",
        "A shared parameter is not as it should be",
        "Parameters of rules/parameters/ that nothing uses, or whose values do not go together.",
        "tighter: higher\nvalues: {}",
        "tighter: higher\nvalues:\n  2021-01-01: {value: 40, source: {standing: design}}",
        "Do what the hint says.",
    ),
    _of(
        "rule.unsound",
        "A rule contradicts itself",
        "Keys of a rule that do not go together.",
        "effect: score\ncap: 3",
        "effect: score\nweight: 2",
        "Do what the hint says.",
    ),
    _of(
        "example.unsound",
        "An example does not fit its rule",
        "Examples that expect what the rule cannot give.",
        "expect: 6",
        "expect: 5",
        "Expect an outcome that the rule has.",
    ),
    _of(
        "scenario.unsound",
        "A scenario is not as it should be",
        "Scenarios that name what there is not, or expect what cannot come out.",
        "verdict: good",
        "verdict: eligible",
        "Do what the hint says.",
    ),
    _of(
        "tonnes.unsound",
        "A step of comparable tonnes is not as it should be",
        "Steps that name what there is not, lack choices for what a city may leave open, or hold "
        "what no formula reads.",
        "factor: 1 - lekage",
        "factor: 1 - leakage",
        "Do what the hint says.",
    ),
    _of(
        "city.unsound",
        "A city or jurisdiction contradicts itself",
        "Values without a source, loosened without a reason, or of another kind.",
        "change:\n  - {rule: vintage.age, weight: 1}",
        "change:\n  - {rule: vintage.age, weight: 1, reason: Few are offered.}",
        "Do what the hint says.",
    ),
    _of(
        "decision.unsound",
        "The decisions do not go together",
        "Words, circles and gaps in decisions.yaml.",
        "all: [integrity under_floor]",
        "all: [integrity below_floor]",
        "Do what the hint says.",
    ),
    _of(
        "word.unsound",
        "A file of words is not as it should be",
        "Texts that are none, and keys that stand in two files.",
        "years: 3",
        'years: "3"',
        "Put the text in quotes, or leave one of the two.",
    ),
    _of(
        "lexicon.unsound",
        "A lexicon of claims is not as it should be",
        "Words with two meanings, and kinds of claims that there are not.",
        "words: {neutral: {patterns: [net zero]}, net_zero: {patterns: [net zero]}}",
        "words: {net_zero: {patterns: [net zero]}}",
        "Do what the hint says.",
    ),
    _of(
        "sinks.unsound",
        "What is said of own sinks is not as it should be",
        "Methods and gates of own sinks that there are not, or that name no source.",
        "gain_los:\n  sources: [{standing: design}]",
        "gain_loss:\n  sources: [{standing: design}]",
        "Do what the hint says.",
    ),
    _of(
        "history.unsound",
        "The history is not as it should be",
        "Notes on changes that name what there is not.",
        "- {rule: vintage.old}",
        "- {rule: vintage.age}",
        "Do what the hint says.",
    ),
)


def _of_exceptions(id_: str, title: str, finds: str, wrong: str, step: str) -> Described:
    return Described(
        id=id_,
        severity=Severity.ERROR,
        title=title,
        finds=finds,
        why="An exception that is wrong hides nothing today and may hide a mistake tomorrow.",
        wrong=f"{wrong}\n",
        right=RIGHT,
        step=step,
    )


RIGHT = """\
- check: examples.one_side_of_limit
  file: vintage/age.yaml
  at: tests
  reason: The other side cannot be stated by any offer.
"""
OF_EXCEPTIONS: tuple[Described, ...] = (
    _of_exceptions(
        "exceptions.unknown_check",
        "An exception is from no check",
        "Exceptions whose `check` is the id of no check.",
        "- {check: examples.one_sided, file: vintage/age.yaml, reason: So.}",
        "Write the id that the problem prints in brackets.",
    ),
    _of_exceptions(
        "exceptions.idle",
        "An exception excepts nothing",
        "Exceptions whose check finds nothing at the place named.",
        "- {check: rules.code_twice, file: vintage/age.yaml, reason: Once they were two.}",
        "Leave it out, or mend its file and its path.",
    ),
    _of_exceptions(
        "exceptions.of_loading",
        "An error of reading is excepted",
        "Exceptions from what keeps a file from being read.",
        "- {check: yaml.syntax, file: vintage/age.yaml, reason: Later.}",
        "Mend what is found, and leave the exception out.",
    ),
)
