"""decisions.yaml: known words, no circle, and a verdict for every combination."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offsetcheck.ground.circles import circle
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.decisions.expand import undecided_combinations
from offsetcheck.rulebook.decisions.model import (
    DecisionsFile,
    Quantifier,
    VerdictFile,
)
from offsetcheck.rulebook.decisions.words import KnownWords, check_state, check_word
from offsetcheck.rulebook.files.guide import LOWEST_GRADE, GuideFile
from offsetcheck.rulebook.rules.model import LoadedRule, RuleFile
from offsetcheck.vocabulary.assessment import PurchaseVerdict, Verdict
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import NAME

MAX_CONCLUSIONS = 100


@dataclass(frozen=True, slots=True)
class Scope:
    """The decisions of one subject: where they stand, the rules they judge, what they may name."""

    document: Document
    steps: Steps
    rules: tuple[RuleFile, ...]
    known: KnownWords
    verdicts: tuple[str, ...]


def check_decisions(
    decisions: DecisionsFile,
    guide: GuideFile | None,
    rules: Mapping[str, LoadedRule],
    *,
    broken: frozenset[str],
    document: Document,
    problems: Problems,
) -> None:
    """Note what is wrong with the decisions about candidates and about the purchase.

    `broken` are the rules whose files are wrong: they can be named, and are not judged.
    """
    for subject, steps, file, verdicts in (
        (Subject.CANDIDATE, (), decisions, tuple(Verdict)),
        (Subject.PURCHASE, ("purchase",), decisions.purchase, tuple(PurchaseVerdict)),
    ):
        deciding = _deciding(rules.values(), subject)
        known = KnownWords(
            rules=[*(rule.id for rule in deciding), *broken],
            dimensions=None if guide is None else ("integrity", "value", *guide.dimensions),
            grades=None if guide is None else (*guide.grades, LOWEST_GRADE),
            conclusions=file.conclusions,
        )
        _check(file, Scope(document, steps, deciding, known, verdicts), problems)


def _deciding(rules: Iterable[LoadedRule], subject: Subject) -> tuple[RuleFile, ...]:
    files = (rule.file for rule in rules)
    return tuple(file for file in files if file.subject == subject and file.status != "retired")


def _check(file: VerdictFile, scope: Scope, problems: Problems) -> None:
    sound = [
        _check_verdicts(file, scope, problems),
        _check_alternatives(file, scope, problems),
        _check_circle(file, scope, problems),
    ]
    if not all(sound):
        return
    for combination in undecided_combinations(file.decisions(), scope.rules):
        message = f"nothing is concluded where {combination}"
        problems.at_key(scope.document, (*scope.steps, "conclusions"), message)


def _check_verdicts(file: VerdictFile, scope: Scope, problems: Problems) -> bool:
    sound = True
    for index, verdict in enumerate(file.verdicts):
        steps = (*scope.steps, "verdicts", index)
        if verdict not in scope.verdicts:
            hint = did_you_mean(verdict, scope.verdicts) or f"write {', '.join(scope.verdicts)}"
            problems.at_value(scope.document, steps, f"`{verdict}` is not a verdict", hint)
            sound = False
        elif verdict not in file.conclusions:
            hint = f"write `{verdict}:` under `conclusions:`, or look how it is spelt there"
            problems.at_value(scope.document, steps, f"nothing concludes `{verdict}`", hint)
            sound = False
    if len(file.conclusions) > MAX_CONCLUSIONS:
        steps = (*scope.steps, "conclusions")
        problems.at_key(scope.document, steps, f"there are more than {MAX_CONCLUSIONS} conclusions")
        return False
    return sound


def _check_alternatives(file: VerdictFile, scope: Scope, problems: Problems) -> bool:
    before = len(problems.sorted())
    for name, alternatives in file.conclusions.items():
        steps: Steps = (*scope.steps, "conclusions", name)
        if not NAME.fullmatch(name):
            problems.at_key(scope.document, steps, f"`{name}` cannot be the name of a conclusion")
        for index, alternative in enumerate(alternatives):
            place = (*steps, index)
            for key, quantifier in (("any", alternative.any), ("every", alternative.every)):
                if quantifier is not None:
                    _check_quantifier(quantifier, scope, (*place, key), problems)
            for number, word in enumerate(alternative.all or ()):
                where = scope.document.value_place((*place, "all", number))
                problems.note(check_word(word, scope.known, where))
    return len(problems.sorted()) == before


def _check_quantifier(
    quantifier: Quantifier, scope: Scope, steps: Steps, problems: Problems
) -> None:
    for key, value, known in (
        ("dimension", quantifier.dimension, scope.known.dimensions),
        ("rule", quantifier.rule, scope.known.rules),
        ("effect", quantifier.effect, tuple(Effect)),
    ):
        if value is not None and known is not None and value not in known:
            hint = did_you_mean(value, known)
            message, names = f"there is no {key} `{value}`", f"{key} {value}"
            problems.at_value(scope.document, (*steps, key), message, hint, names=names)
    place = scope.document.value_place((*steps, "finding"))
    for state in quantifier.finding:
        problems.note(check_state(state, place))


def _check_circle(file: VerdictFile, scope: Scope, problems: Problems) -> bool:
    named = {
        name: [word for alternative in alternatives for word in alternative.all or ()]
        for name, alternatives in file.conclusions.items()
    }
    found = circle(named) if len(named) <= MAX_CONCLUSIONS else None
    if found is None:
        return True
    steps = (*scope.steps, "conclusions", found[0])
    message = "these conclusions rest on each other: " + " → ".join(found)
    problems.at_key(scope.document, steps, message)
    return False
