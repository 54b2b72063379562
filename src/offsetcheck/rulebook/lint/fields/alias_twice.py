from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import Problem, Severity


def aliases_name_one_field(rulebook: Rulebook) -> Iterator[Problem]:
    """Find headings that two fields of one subject claim, or that one field lists twice."""
    for subject in Subject:
        known = rulebook.dictionary.of(subject)
        claimed = {heading_key(name): name for name, field in known.items() if field.is_input}
        document = rulebook.documents.get(f"fields/{subject.value}.yaml")
        for name, field in known.items() if document is not None else ():
            own: set[str] = set()
            for index, alias in enumerate(field.aliases):
                assert document is not None  # noqa: S101 - asked for above
                place, typed = document.value_place((name, "aliases", index)), alias.casefold()
                if typed in own:
                    yield Problem(f"“{alias}” stands in this list already", place, "leave one out")
                own.add(typed)
                other = claimed.setdefault(heading_key(alias), name)
                if other != name:
                    message = f"“{alias}” is a heading of `{other}` already"
                    yield Problem(message, place, "leave it with one of them")


CHECK = Check(
    id="fields.alias_twice",
    severity=Severity.ERROR,
    title="Two fields claim one heading",
    finds="Names and aliases that two fields of one subject have in common, however written.",
    why="A column with that heading would be read as the one or the other by chance.",
    wrong="""\
id: {aliases: [project id]}
name: {aliases: [Project ID, project name]}
""",
    right="""\
id: {aliases: [project id]}
name: {aliases: [project name]}
""",
    step="Leave the heading with the field that a column of that name states.",
    look=aliases_name_one_field,
)
