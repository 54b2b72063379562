from collections.abc import Iterator

from offsetcheck.rulebook.binding.aggregates import aggregate_reads
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.rulebook.fields.names import field_named, lookup_keys, stored_name
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.sentences import placeholders
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.problem import Problem, Severity


def computed_fields_are_read(rulebook: Rulebook) -> Iterator[Problem]:
    """Find computed fields that no rule, sentence or other field reads."""
    read = _read(rulebook)
    for subject in Subject:
        for name, field in rulebook.dictionary.of(subject).items():
            if not field.is_input and stored_name(subject, name) not in read:
                file = f"fields/{subject.value}.yaml"
                place = rulebook.documents[file].key_place((name,))
                yield Problem(f"no rule reads `{name}`", place, None)


def _read(rulebook: Rulebook) -> set[str]:
    """Return the names that rules speak of, and those that these rest on."""
    found: set[str] = set()
    waiting = {name for rule in rulebook.rules.values() for name in rule.names}
    trees = [t for step in rulebook.steps.values() for t in step.trees_of_inputs]
    waiting |= set(inputs_of(*trees))
    waiting |= {n for rule in rulebook.rules.values() for _, _, n in placeholders(rule.file)}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= _beneath(rulebook, name)
    return found


def _beneath(rulebook: Rulebook, name: str) -> set[str]:
    field = field_named(rulebook.dictionary, name)
    if field is None or field.is_input:
        return set()
    if field.aggregate is not None:
        return set(aggregate_reads(rulebook, field))
    if field.lookup is not None:
        return set(lookup_keys(field))
    return set(inputs_of(rulebook.derived[name]))


CHECK = Check(
    id="fields.never_read",
    severity=Severity.WARNING,
    title="No rule reads a computed field",
    finds="Computed fields that no rule, sentence or other computed field reads.",
    why=(
        "What nothing reads decides nothing: it is left over, or the rule that should "
        "read it was forgotten."
    ),
    wrong="""\
storage_left:
  type: number
  title: {en: Storage left}
  derive: storage_years - age
""",
    right="""\
requires: storage_left >= 30
""",
    step="Read it in a rule, or leave it out of the dictionary.",
    look=computed_fields_are_read,
)
