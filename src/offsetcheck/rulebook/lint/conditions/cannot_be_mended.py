from collections.abc import Iterator

from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.rulebook.fields.names import field_named, lookup_keys
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.dictionary import BidderCanChange
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.problem import Problem, Severity

BARRING = frozenset((Effect.CAP, Effect.GATE))
NOTES = frozenset((Effect.NOTE,))


def conditions_can_be_kept(rulebook: Rulebook) -> Iterator[Problem]:
    """Find conditions of what nobody can mend.

    A note bars nothing, so that its condition may be a promise about what cannot be mended.
    """
    for rule in rulebook.rules.values():
        if rule.file.condition and _cannot_be_mended(rule, rulebook):
            hint = "leave out the condition, or write `curable: yes`"
            message = "a condition on what cannot be mended"
            yield problem_at(rule, ("condition",), message, hint)


def _cannot_be_mended(rule: LoadedRule, rulebook: Rulebook) -> bool:
    """Whether the author or the dictionary says that nobody can make an unmet rule good.

    What a seller may declare he can still prove, though it cannot change.
    """
    if rule.file.effect in NOTES:
        return False
    if not rule.file.curable:
        return rule.file.effect in BARRING
    stated = _stated(rule, rulebook)
    fixed = all(change is BidderCanChange.NEVER for change in stated)
    return bool(stated) and fixed and not rule.file.declare


def _stated(rule: LoadedRule, rulebook: Rulebook) -> list[BidderCanChange | None]:
    """Return who could change each stated field beneath a requirement; None for a purchase's."""
    waiting = [
        name for key, tree in rule.trees.items() if key == "requires" for name in inputs_of(tree)
    ]
    seen: dict[str, BidderCanChange | None] = {}
    while waiting:
        name = waiting.pop()
        field = field_named(rulebook.dictionary, name)
        if field is None or name in seen:
            continue
        if field.derive is not None:
            waiting += inputs_of(rulebook.derived[name])
        elif field.lookup is not None:
            waiting += lookup_keys(field)
        else:
            seen[name] = field.changes if name in rulebook.dictionary.candidate else None
    return list(seen.values())


CHECK = Check(
    id="conditions.cannot_be_mended",
    severity=Severity.WARNING,
    title="A condition asks for what cannot be mended",
    finds=(
        "Conditions of caps and gates that are not curable, and of rules on fields "
        "that nobody can change."
    ),
    why=(
        "A condition says what the bidder must do before signature; here there is "
        "nothing that he could do."
    ),
    wrong="""\
curable: no
condition: {en: Before signature a younger vintage is named.}
""",
    right="""\
curable: no
""",
    step=("Leave out the condition, or write `curable: yes` where the bidder can mend it."),
    look=conditions_can_be_kept,
)
