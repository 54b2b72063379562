from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.unit import fields
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def spellings_name_one_code(rulebook: Rulebook) -> Iterator[Problem]:
    """Find spellings that two codes of one field claim."""
    for file, steps, field in fields(rulebook):
        claimed: dict[str, str] = {}
        for code, entry in field.codes.items():
            title = entry.title.get("en", code)
            for spelling in dict.fromkeys((code, title, *entry.spellings)):
                other = claimed.setdefault(spelling.casefold().strip(), code)
                if other != code:
                    place = rulebook.documents[file].key_place((*steps, "codes", code))
                    message = f"`{spelling}` is a spelling of `{other}` and of `{code}`"
                    yield Problem(message, place, "leave it with one of them")


CHECK = Check(
    id="fields.spelling_twice",
    severity=Severity.ERROR,
    title="Two codes claim one spelling",
    finds="Titles and spellings that two codes of one field have in common, capitals apart.",
    why="A cell with that word would be read as the one or the other by chance.",
    wrong="""\
codes:
  forest: {spellings: [IFM]}
  improved_forest: {spellings: [ifm]}
""",
    right="""\
codes:
  forest: {spellings: [Forest]}
  improved_forest: {spellings: [IFM]}
""",
    step="Leave the spelling with one code; a word for both is a broad code that covers them.",
    look=spellings_name_one_code,
)
