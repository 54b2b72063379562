from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import FieldRef
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.fields.names import stored_name
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.unit import fields
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.problem import Problem, Severity


def inputs_can_be_answered(rulebook: Rulebook) -> Iterator[Problem]:
    """Find inputs of rules that no question, paper or column of a list can give.

    A purchase is written by the officer key by key, and nobody is asked for it.
    """
    read = _read(rulebook)
    for file, steps, field in fields(rulebook):
        wanted = stored_name(field.subject, field.name) in read
        if field.subject is Subject.PURCHASE:
            continue
        told = field.question or field.documents or field.aliases
        if field.is_input and wanted and not told:
            place = rulebook.documents[file].key_place(steps)
            message = f"rules read `{field.name}`, and nobody can answer it"
            hint = "add `question:`, one sentence that a bidder can answer"
            names = f"text field.{field.subject}.{field.name}.question"
            yield Problem(message, place, hint, names=names)


def _read(rulebook: Rulebook) -> set[str]:
    own = (tree for rule in rulebook.rules.values() for tree in rule.trees.values())
    steps = (tree for step in rulebook.steps.values() for tree in step.trees_of_inputs)
    trees = (*rulebook.derived.values(), *own, *steps)
    return {node.name for tree in trees for node in walk(tree) if isinstance(node, FieldRef)}


CHECK = Check(
    id="fields.question_missing",
    severity=Severity.WARNING,
    title="Nobody is asked for what a rule reads",
    finds="Fields that rules read and that have no question, no papers and no columns of lists.",
    why="A bid form leaves the field out, and a bidder who lacks it is never told what to send.",
    wrong="""\
monitoring_years:
  type: number
  title: {en: Years of monitoring}
""",
    right="""\
monitoring_years:
  type: number
  title: {en: Years of monitoring}
  question: {en: For how many years is storage monitored?}
""",
    step="Write a question that a bidder or the officer can answer.",
    look=inputs_can_be_answered,
)
