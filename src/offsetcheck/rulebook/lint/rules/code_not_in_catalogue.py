from collections.abc import Iterator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.codes import CATALOGUE, codes_of, criteria_of
from offsetcheck.vocabulary.problem import Problem, Severity


def codes_name_a_criterion(rulebook: Rulebook) -> Iterator[Problem]:
    """Find codes of rules that name no criterion of the catalogue, where the folder has one."""
    criteria = criteria_of(rulebook.documents)
    for rule in rulebook.rules.values() if criteria else ():
        for code in codes_of(rule.file.code):
            if code not in criteria:
                near = did_you_mean(code, criteria)
                new = "a new criterion is added there"
                message = f"`{code}` is no criterion of {CATALOGUE}"
                yield problem_at(rule, ("code",), message, f"{near}; {new}" if near else new)


CHECK = Check(
    id="rules.code_not_in_catalogue",
    severity=Severity.ERROR,
    title="The code of a rule names no criterion",
    finds="Codes of rules that do not stand in the catalogue of criteria of the same folder.",
    why="Letters and pages name rules by their codes, and the catalogue says what each one is.",
    wrong="""\
code: PER-91
""",
    right="""\
code: PER-19
""",
    step="Mend the code, or add the criterion to `catalogue.yaml`.",
    look=codes_name_a_criterion,
)
