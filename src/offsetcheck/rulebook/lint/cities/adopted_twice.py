from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

LAYERS = ("cities/", "jurisdictions/")
LISTS = ("adopt", "adopt_also", "change", "jurisdictions", "languages", "undecided")


def entries_stand_once(rulebook: Rulebook) -> Iterator[Problem]:
    """Find entries that a layer names more than once in one list."""
    for file, document in sorted(rulebook.documents.items()):
        data = document.data
        for key in LISTS if file.startswith(LAYERS) and isinstance(data, dict) else ():
            listed = data.get(key)
            seen: set[object] = set()
            for index, named in enumerate(listed if isinstance(listed, list) else ()):
                entry = named.get("rule") if isinstance(named, dict) else named
                if isinstance(entry, str) and entry in seen:
                    place = document.value_place((key, index))
                    yield Problem(f"`{entry}` stands in `{key}` already", place, "leave one out")
                seen.add(entry if isinstance(entry, str) else None)


CHECK = Check(
    id="cities.adopted_twice",
    severity=Severity.WARNING,
    title="A layer names an entry twice",
    finds=(
        "Rules, changed rules, jurisdictions, languages and undecided parameters that stand more "
        "than once in a list of a city or jurisdiction."
    ),
    why="The second says nothing: it may stand where another entry was meant.",
    wrong="""\
adopt_also: [claim.future_promise, claim.future_promise]
""",
    right="""\
adopt_also: [claim.future_promise]
""",
    step="Leave one out, or write the entry that was meant.",
    look=entries_stand_once,
)
