"""What a rule's keys must agree on: effect, levels, evidence, sources, sentences, examples."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.expression.of_rule import OTHERWISE
from offsetcheck.rulebook.files.sources import check_citation
from offsetcheck.rulebook.rules.model import LEVELS, LoadedRule
from offsetcheck.rulebook.rules.sentences import PLACEHOLDER, placeholders, sentences
from offsetcheck.vocabulary.dictionary import Dictionary, Subject
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import Problems

REQUIREMENT_EFFECTS = ("gate", "cap", "claim_limit", "review", "note")
SCALE_EFFECTS = ("score", "cap")
UNKNOWN_OF = {
    "gate": ("hold", "screen"),
    "review": ("hold", "screen"),
    "score": ("worst", "skip", "typical"),
    "cap": ("worst", "skip", "typical"),
}
TOP_LEVEL = 5


def check_rule(
    rule: LoadedRule, dictionary: Dictionary, guides: Mapping[str, Guide], problems: Problems
) -> None:
    """Note where the keys of a rule do not agree with each other, the dictionary or the sources."""
    checks: tuple[Callable[[LoadedRule, Problems], None], ...] = (
        _check_form,
        _check_effect,
        _check_levels,
        _check_life,
        _check_has_examples,
        _check_parameters_used,
    )
    for check in checks:
        check(rule, problems)
    _check_documents(rule, dictionary, problems)
    _check_sentences(rule, dictionary, problems)
    _check_sources(rule, guides, problems)


def _check_form(rule: LoadedRule, problems: Problems) -> None:
    file = rule.file
    if file.requires is not None and file.levels is not None:
        problems.at_key(rule.document, ("levels",), "a rule has `requires` or `levels`, not both")
    if file.requires is None and file.levels is None:
        problems.at_value(rule.document, (), "`requires` or `levels` is missing")


def _check_effect(rule: LoadedRule, problems: Problems) -> None:
    file = rule.file
    scale = file.is_scale
    allowed = SCALE_EFFECTS if scale else REQUIREMENT_EFFECTS
    if file.effect not in allowed:
        form = "a scale" if scale else "a requirement"
        hint = f"write {', '.join(allowed)}"
        problems.at_value(
            rule.document, ("effect",), f"{form} cannot have the effect `{file.effect}`", hint
        )
        return
    _needs(rule, "cap", needed=file.effect == "cap" and not scale, problems=problems)
    _needs(rule, "limit", needed=file.effect == "claim_limit", problems=problems)
    _needs(rule, "weight", needed=file.effect == "score", problems=problems)
    _check_flags(rule, problems)
    _check_if_unknown(rule, problems)


def _needs(rule: LoadedRule, key: str, *, needed: bool, problems: Problems) -> None:
    """Check a key that belongs to one effect: there where needed, absent elsewhere."""
    given = getattr(rule.file, key) is not None
    effect = rule.file.effect
    if needed and not given:
        problems.at_value(
            rule.document,
            ("effect",),
            f"the effect `{effect}` needs the key `{key}`",
            f"add `{key}: …` below it",
        )
    if given and not needed:
        message = f"`{key}` has no meaning with the effect `{effect}`"
        problems.at_key(rule.document, (key,), message, "leave it out, or change the effect")


def _check_flags(rule: LoadedRule, problems: Problems) -> None:
    file, document = rule.file, rule.document
    if file.cap is not None and file.cap > TOP_LEVEL:
        problems.at_value(document, ("cap",), "a cap lies between 1 and 5", "write 1 to 5")
    if file.declare and file.effect != "gate":
        problems.at_key(document, ("declare",), "only a gate can be declared")
    if file.declare and file.condition is None:
        hint = "say who proves what by when"
        problems.at_key(document, ("declare",), "`declare` needs a `condition`", hint)
    if file.for_identity and (file.effect != "note" or file.condition is None):
        message = "`for_identity` is for a note with a `condition`"
        problems.at_key(document, ("for_identity",), message)
    if file.critical and file.effect != "score":
        problems.at_key(document, ("critical",), "only a scale that scores can be critical")
    if file.route is not None and file.effect != "score":
        problems.at_key(document, ("route",), "only a scale that scores can be on a route")
    if file.route is not None and file.critical:
        problems.at_key(document, ("critical",), "a scale on a route cannot be critical")


def _check_if_unknown(rule: LoadedRule, problems: Problems) -> None:
    word, effect = rule.file.if_unknown, rule.file.effect
    if word is None:
        return
    allowed = UNKNOWN_OF.get(effect, ())
    if word not in allowed:
        hint = f"write {' or '.join(allowed)}" if allowed else "leave it out"
        message = f"`{word}` has no meaning with the effect `{effect}`"
        problems.at_value(rule.document, ("if_unknown",), message, hint)


def _check_levels(rule: LoadedRule, problems: Problems) -> None:
    """Check that levels fall strictly from 5 to 1 and that only the last may be "otherwise"."""
    levels = rule.file.levels
    if levels is None:
        return
    known = [level for level in levels if level in LEVELS]
    for level in levels:
        if level not in LEVELS:
            problems.at_key(
                rule.document,
                ("levels", level),
                f"`{level}` is not a level",
                "write 5, 4, 3, 2 or 1",
            )
    if not levels:
        problems.at_value(rule.document, ("levels",), "a scale needs at least one level")
    for before, after in pairwise(known):
        if after >= before:
            hint = "write them in the order 5, 4, 3, 2, 1"
            problems.at_key(rule.document, ("levels", after), "the levels must fall strictly", hint)
    for level in list(levels)[:-1]:
        if levels[level].strip() == OTHERWISE:
            message = "`otherwise` can stand at the last level only"
            problems.at_value(rule.document, ("levels", level), message)


def _check_life(rule: LoadedRule, problems: Problems) -> None:
    effective = rule.file.effective
    if effective.until is not None and effective.until <= effective.since:
        hint = "`until` is a later day than `from`: look whether the two are swapped"
        problems.at_value(
            rule.document, ("effective", "until"), "the rule ends before it begins", hint
        )
    if rule.file.status == "retired" and effective.until is None:
        message = "a retired rule needs the day on which it ends"
        problems.at_value(rule.document, ("effective",), message, "add `until: …`")


def _check_has_examples(rule: LoadedRule, problems: Problems) -> None:
    if not rule.file.tests and rule.file.status == "stable":
        hint = "add `tests:` with what is given and what must come out"
        problems.at_value(rule.document, (), "a stable rule needs examples", hint)


def _check_parameters_used(rule: LoadedRule, problems: Problems) -> None:
    spoken = rule.names | {name for _, _, name in placeholders(rule.file)}
    for name in rule.file.parameters:
        if f"${name}" not in spoken:
            message = f"the parameter `{name}` is not used"
            hint = f"read `${name}` in a condition, or leave it out"
            problems.at_key(rule.document, ("parameters", name), message, hint)


def _check_documents(rule: LoadedRule, dictionary: Dictionary, problems: Problems) -> None:
    for index, kind in enumerate(rule.file.evidence.documents):
        if kind not in dictionary.documents:
            hint = did_you_mean(kind, dictionary.documents)
            steps: Steps = ("evidence", "documents", index)
            message, names = f"there is no kind of document `{kind}`", f"document {kind}"
            problems.at_value(rule.document, steps, message, hint, names=names)


def _check_sentences(rule: LoadedRule, dictionary: Dictionary, problems: Problems) -> None:
    known = speakable(rule, dictionary)
    for steps, offset, name in placeholders(rule.file):
        if name not in known:
            place = rule.document.text_place(steps, offset)
            message = f"`{{{name}}}` names no field and no parameter"
            names = None if name.startswith("$") else f"field {name}"
            problems.add(place, message, did_you_mean(name, known), names=names)
    for steps, text in sentences(rule.file):
        if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
            problems.at_value(rule.document, steps, "a brace has no partner", "write `{field}`")


def speakable(rule: LoadedRule, dictionary: Dictionary) -> set[str]:
    """Return what the placeholders of a rule may name."""
    subject = Subject(rule.file.subject)
    own = set() if subject is Subject.PURCHASE else set(dictionary.of(subject))
    purchase = {f"purchase.{name}" for name in dictionary.purchase}
    return own | purchase | {f"${name}" for name in rule.parameters} | {"$as_of"}


def _check_sources(rule: LoadedRule, guides: Mapping[str, Guide], problems: Problems) -> None:
    if not rule.file.sources:
        problems.at_value(rule.document, ("sources",), "a rule needs at least one source")
    for index, source in enumerate(rule.file.sources):
        check_citation(source, guides, rule.document, ("sources", index), problems)
    for name, parameter in rule.file.parameters.items():
        for day, entry in parameter.values.items():
            steps: Steps = ("parameters", name, "values", day.isoformat(), "source")
            check_citation(entry.source, guides, rule.document, steps, problems)
