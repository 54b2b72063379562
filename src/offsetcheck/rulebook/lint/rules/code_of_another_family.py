from collections import Counter
from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.codes import CATALOGUE, codes_of, criteria_of
from offsetcheck.vocabulary.problem import Problem, Severity


def codes_lie_in_their_folder(rulebook: Rulebook) -> Iterator[Problem]:
    """Find codes of a family of which no other rule of the folder is, while others lie elsewhere.

    A family may lie in several folders: what is odd is one rule alone.
    """
    if not criteria_of(rulebook.documents):
        return
    placed = Counter(at for rule in rulebook.rules.values() for at in _placed(rule))
    codes = Counter(rule.file.code for rule in rulebook.rules.values())
    families: Counter[str] = Counter()
    for (family, _), rules in placed.items():
        families[family] += rules
    for rule in rulebook.rules.values():
        # Of a code that stands twice that is told.
        for family, folder in _placed(rule) if codes[rule.file.code] == 1 else ():
            if placed[family, folder] == 1 and families[family] > 1 and _others(placed, folder):
                message = f"no other rule in `{folder}/` has a code of the family `{family}`"
                hint = f"look up the code in {CATALOGUE}, or move the file"
                yield problem_at(rule, ("code",), message, hint)


def _placed(rule: LoadedRule) -> set[tuple[str, str]]:
    """Return each family that the code of a rule names, with the folder in which the rule lies."""
    folder = rule.file.id.partition(".")[0]
    return {(code.partition("-")[0], folder) for code in codes_of(rule.file.code)}


def _others(placed: Counter[tuple[str, str]], folder: str) -> bool:
    """Whether a folder is that of some family: most of its rules may then be expected of it."""
    return any(rules > 1 for (_, at), rules in placed.items() if at == folder)


CHECK = Check(
    id="rules.code_of_another_family",
    severity=Severity.WARNING,
    title="A code belongs to another family than the rules beside it",
    finds=(
        "Codes of a family of criteria of which no other rule in the folder is, while its rules "
        "lie elsewhere."
    ),
    why="Letters and coverage name a criterion by it: the finding would count for another one.",
    wrong="""\
# vintage/age.yaml
code: ADD-12
""",
    right="""\
# vintage/age.yaml
code: VIN-01
""",
    step="Write the code of the criterion that the rule asks, or move the file.",
    look=codes_lie_in_their_folder,
)
