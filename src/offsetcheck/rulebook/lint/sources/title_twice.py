from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def titles_are_of_one_guide(rulebook: Rulebook) -> Iterator[Problem]:
    """Find guides of one title: one text under two names, or two editions that nothing parts."""
    first: dict[str, str] = {}
    document = rulebook.documents["sources.yaml"]
    for name, guide in rulebook.guides.items():
        other = first.setdefault(guide.title.casefold(), name)
        if other != name:
            message = f"the guide `{other}` has this title too"
            place = document.value_place((name, "title"))
            yield Problem(message, place, "name the edition in the title, or cite one for both")


CHECK = Check(
    id="sources.title_twice",
    severity=Severity.WARNING,
    title="Two guides have one title",
    finds="Guides of sources.yaml with one title.",
    why="A reader cannot tell which text a reason rests on.",
    wrong="""\
town-plan: {title: Plan of the town}
town-plan-2026: {title: Plan of the town}
""",
    right="""\
town-plan: {title: Plan of the town}
town-plan-2026: {title: "Plan of the town, edition of 2026"}
""",
    step="Name the edition in the title, or cite one guide for both.",
    look=titles_are_of_one_guide,
)
