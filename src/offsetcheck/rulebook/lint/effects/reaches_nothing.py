from collections.abc import Iterator, Mapping

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

# Integrity is a candidate's; a verdict has the candidate and the purchase.
WITHOUT_MEANING: Mapping[str, tuple[frozenset[str], str]] = {
    "purchase": (frozenset(("cap", "score")), "a purchase has no integrity"),
    "portfolio": (frozenset(("gate", "cap", "score")), "the portfolio has no verdict of its own"),
}


def effects_reach_their_subject(rulebook: Rulebook) -> Iterator[Problem]:
    """Refuse effects that a rule on the purchase or the portfolio promises and cannot have."""
    policies: list[CityFile | Jurisdiction] = [
        *rulebook.cities.values(),
        *rulebook.jurisdictions.values(),
    ]
    changed = {
        (change.rule, change.effect)
        for policy in policies
        for change in policy.change
        if change.effect is not None
    }
    for rule in rulebook.rules.values():
        effects = [rule.file.effect, *(effect for name, effect in changed if name == rule.file.id)]
        yield from _unreached(rule, sorted(set(effects)))


def _unreached(rule: LoadedRule, effects: list[str]) -> Iterator[Problem]:
    subject = rule.file.subject
    barred, reason = WITHOUT_MEANING.get(subject, (frozenset(), ""))
    for effect in effects:
        if effect in barred:
            message = f"a rule of the {subject} cannot have the effect `{effect}`"
            yield problem_at(rule, ("effect",), message, reason)


CHECK = Check(
    id="effects.reaches_nothing",
    severity=Severity.ERROR,
    title="An effect cannot reach the subject of its rule",
    finds=(
        "Caps and scores on the purchase, and gates, caps and scores on the "
        "portfolio, also where a city or jurisdiction sets them."
    ),
    why=(
        "Integrity is a candidate's, and the portfolio has no verdict of its own: "
        "such a rule would be evaluated and change nothing."
    ),
    wrong="""\
subject: purchase
effect: cap
cap: 2
""",
    right="""\
subject: purchase
effect: gate
""",
    step=("Choose an effect that the subject can have, or write the rule on the candidate."),
    look=effects_reach_their_subject,
)
