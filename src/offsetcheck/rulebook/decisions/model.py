"""decisions.yaml: how findings become a verdict, expanded to positive conjunctions.

The closed words that a premise may be:

- `RULE is clear`, `RULE is fail`, `RULE is open`: the state of one rule's finding
- `NAME below_floor`, `NAME floor_open`, `NAME reaches_floor`: NAME is `integrity`, `value` or a
  dimension; its upper bound lies below the floor, its bounds on both sides, its lower bound at it
- `NAME at_best D`, `NAME at_worst B`: its upper bound is of grade D or worse, its lower bound of
  grade B or better
- `every_gate_clear`: no gate fails and none is open
- `condition_stands`: the condition of at least one rule stands
- the name of another conclusion

Where a conjunction has more than `MAX_PREMISES` premises it is cut into intermediate words,
`CONCLUSION~1`, `CONCLUSION~2` and so on, which no file can name.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Annotated, Any, Protocol

from pydantic import BeforeValidator, model_validator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import ConclusionRule, Decisions
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import Listed, Mapped, Text, Texts, wrong

MAX_PREMISES = 15
EVERY_GATE_CLEAR = "every_gate_clear"
CONDITION_STANDS = "condition_stands"
STATES = ("clear", "fail", "open")
FLOOR_WORDS = ("below_floor", "floor_open", "reaches_floor")
GRADE_WORDS = ("at_best", "at_worst")


def _words(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Quantifier(FileModel):
    """Some or all rules of one effect, in one dimension where it is named, in one of the states."""

    effect: Text | None = None
    dimension: Text | None = None
    rule: Text | None = None
    finding: Annotated[tuple[Text, ...], Listed, BeforeValidator(_words)]


class Entry(FileModel):
    """One way to a conclusion: any rule of a kind, or all words of a list."""

    any: Quantifier | None = None
    every: Quantifier | None = None
    all: Texts | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Entry":
        if sum(form is not None for form in (self.any, self.every, self.all)) != 1:
            raise wrong("one of `any`, `every` and `all` is needed here")
        if self.all == ():
            raise wrong("`all` needs at least one word")
        return self


class VerdictFile(FileModel):
    """Verdict words in order, and what concludes each; the first that is concluded stands."""

    verdicts: Texts
    conclusions: Annotated[dict[str, Annotated[tuple[Entry, ...], Listed]], Mapped]

    def decisions(self) -> Decisions:
        """Return the decisions as the engine and the audit page read them."""
        written = {
            name: tuple(entry.model_dump(exclude_none=True) for entry in entries)
            for name, entries in self.conclusions.items()
        }
        return Decisions(self.verdicts, written)


class DecisionsFile(VerdictFile):
    """The whole file: the candidate's decisions, and the purchase's in the same form."""

    purchase: VerdictFile


Fault = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What premises may name; None where that is not known because guide.yaml is wrong."""

    rules: Collection[str]
    dimensions: Collection[str] | None
    grades: Collection[str] | None
    conclusions: Collection[str]


class Judging(Protocol):
    """What the expansion reads of a rule."""

    @property
    def id(self) -> str:
        """The rule's path."""

    @property
    def effect(self) -> Effect:
        """What the rule does."""

    @property
    def dimension(self) -> str:
        """Where it counts."""

    @property
    def draft(self) -> bool:
        """Whether it has no effect yet."""


def expand(decisions: Decisions, rules: Iterable[Judging]) -> tuple[ConclusionRule, ...]:
    """Return positive conjunctions of at most `MAX_PREMISES` premises, in the order written.

    `rules` are the rules of the subject that the decisions judge; drafts have no effect and are
    left out. `any` becomes one alternative per rule and state, `every` a tree of conjunctions.
    """
    judging = [rule for rule in rules if not rule.draft]
    made: list[ConclusionRule] = []
    for conclusion, entries in decisions.conclusions.items():
        counter = iter(range(1, 1_000_000))
        for entry in entries:
            for premises in _alternatives(entry, judging):
                made.extend(_tree(conclusion, premises, counter))
    return tuple(dict.fromkeys(made))


def _alternatives(entry: Mapping[str, Any], rules: Sequence[Judging]) -> Iterator[tuple[str, ...]]:
    if "all" in entry:
        yield tuple(entry["all"])
    elif "any" in entry:
        for rule, state in product(_chosen(entry["any"], rules), _words(entry["any"]["finding"])):
            yield (f"{rule.id} is {state}",)
    else:
        states = _words(entry["every"]["finding"])
        chosen = _chosen(entry["every"], rules)
        if chosen and len(states) == 1:
            yield tuple(f"{rule.id} is {states[0]}" for rule in chosen)


def _chosen(quantifier: Mapping[str, Any], rules: Sequence[Judging]) -> list[Judging]:
    wanted = {key: quantifier[key] for key in ("effect", "dimension") if quantifier.get(key)}
    named = quantifier.get("rule")
    return [
        rule
        for rule in rules
        if all(getattr(rule, key) == value for key, value in wanted.items())
        and (named is None or rule.id == named)
    ]


def _tree(
    conclusion: str, premises: tuple[str, ...], counter: Iterator[int]
) -> Iterator[ConclusionRule]:
    """Cut a long conjunction into words of at most `MAX_PREMISES` premises each."""
    while len(premises) > MAX_PREMISES:
        cut = [premises[i : i + MAX_PREMISES] for i in range(0, len(premises), MAX_PREMISES)]
        words = [f"{conclusion}~{next(counter)}" for _ in cut]
        yield from (ConclusionRule(word, part) for word, part in zip(words, cut, strict=True))
        premises = tuple(words)
    yield ConclusionRule(conclusion, premises)


def fixpoint(rules: Sequence[ConclusionRule], words: Iterable[str]) -> frozenset[str]:
    """Return all words that follow from some words."""
    known, before = set(words), -1
    while len(known) != before:
        before = len(known)
        known |= {rule.conclusion for rule in rules if known.issuperset(rule.premises)}
    return frozenset(known)


def undecided_combinations(decisions: Decisions, rules: Sequence[Judging]) -> list[str]:
    """Return each combination of gates, floor and condition that concludes no verdict, in words."""
    expanded = expand(decisions, rules)
    gates = [rule for rule in rules if rule.effect is Effect.GATE and not rule.draft]
    found = []
    for state, floor, condition in product(STATES, FLOOR_WORDS, (True, False)):
        if state != "clear" and not gates:
            continue
        known = fixpoint(expanded, _scenario(rules, gates, state, floor, condition=condition))
        if not known.intersection(decisions.verdicts):
            stands = "a condition stands" if condition else "no condition stands"
            found.append(f"a gate is {state}, integrity {floor}, {stands}")
    return found


def _scenario(
    rules: Sequence[Judging], gates: Sequence[Judging], state: str, floor: str, *, condition: bool
) -> set[str]:
    """Return the words of one combination: the first gate in the state, all other rules clear."""
    words = {f"{rule.id} is clear" for rule in rules} | {f"integrity {floor}"}
    if state == "clear":
        words.add(EVERY_GATE_CLEAR)
    else:
        words -= {f"{gates[0].id} is clear"}
        words.add(f"{gates[0].id} is {state}")
    return words | ({CONDITION_STANDS} if condition else set())


def word_fault(word: str, known: KnownWords) -> Fault | None:
    """Return what is wrong with a premise and a hint, None where it is one of the closed words."""
    free = (EVERY_GATE_CLEAR, CONDITION_STANDS, *known.conclusions)
    if word in free:
        return None
    match word.split():
        case [rule, "is", state]:
            return _state_fault(rule, state, known.rules)
        case [name, floor] if floor in FLOOR_WORDS:
            return _name_fault(name, known.dimensions)
        case [name, grade, letter] if grade in GRADE_WORDS:
            return _name_fault(name, known.dimensions) or _grade_fault(letter, known.grades)
        case ["not" | "NOT", *_]:
            return "`NOT` cannot stand in a decision", "name the state: `RULE is fail`"
    return f"`{word}` is not a word of decisions", did_you_mean(word, free) or _floor_hint(word)


def _floor_hint(word: str) -> str | None:
    return did_you_mean(word.rsplit(maxsplit=1)[-1], (*FLOOR_WORDS, *GRADE_WORDS))


def _state_fault(rule: str, state: str, known: Collection[str]) -> Fault | None:
    if rule not in known:
        return f"there is no rule `{rule}`", did_you_mean(rule, known)
    if state not in STATES:
        return f"`{state}` is not a finding", "write clear, fail or open"
    return None


def _name_fault(name: str, names: Collection[str] | None) -> Fault | None:
    if names is None or name in names:
        return None
    return f"there is no dimension `{name}`", did_you_mean(name, names)


def _grade_fault(letter: str, grades: Collection[str] | None) -> Fault | None:
    if grades is None or letter in grades:
        return None
    return f"there is no grade `{letter}`", f"write {', '.join(grades)}"


def cycle(conclusions: Mapping[str, Iterable[str]]) -> tuple[str, ...] | None:
    """Return conclusions that rest on each other in a circle, None where there are none."""
    done: set[str] = set()
    for start in conclusions:
        found = _circle(start, conclusions, (), done)
        if found:
            return found
    return None


def _circle(
    name: str, conclusions: Mapping[str, Iterable[str]], path: tuple[str, ...], done: set[str]
) -> tuple[str, ...] | None:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in done:
        return None
    done.add(name)
    for premise in conclusions[name]:
        found = (
            _circle(premise, conclusions, (*path, name), done) if premise in conclusions else None
        )
        if found:
            return found
    return None
