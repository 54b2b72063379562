"""Conclusions by durable-rules 2.0.28, within the limits that its C core needs.

What is guarded against, each seen to crash, hang or answer wrongly: one host and one session id
for the whole process (a host per candidate leaks, session ids collide by hash); no background
dispatcher; a rule that always fires before the session is deleted (deleting one that never acted
reads uninitialised memory); facts of short texts only, asserted one by one; ids compared by
32-bit hash, so all ids are proven distinct when rules are compiled; at most 16 premises a rule,
64 matching branches a fact, 511 children a node and 4,096 rules; exceptions that the engine
swallows are raised again. One thread a process.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from durable import engine as durable

from offsetcheck.engine.closure import broken_decisions, levels, proof_of
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.vocabulary.assessment import ProofStep

MOST_PREMISES = 15
MOST_RULES = 4000
MOST_USES = 63  # rules that one fact may feed; a word used more often is copied
MOST_CHILDREN = 400
SESSION = "0"
PRIME = "prime"


class Conclusion(NamedTuple):
    """The words that follow, and the positions of the rules that fired, sorted."""

    words: frozenset[str]
    fired: tuple[int, ...]


class _Host(durable.Host):  # type: ignore[misc] # durable-rules has no types
    def _run(self) -> None:
        """Start no dispatcher: its thread walks sessions that have been deleted."""


@cache
def _host() -> Any:
    return _Host()


_RULESET_NAMES = count()


def fnv32(text: str) -> int:
    """Return the hash by which durable-rules tells ids apart."""
    value = 0x811C9DC5
    for byte in text.encode():
        signed = byte - 256 if byte > 127 else byte  # noqa: PLR2004 - C's char
        value = ((value ^ (signed & 0xFFFFFFFF)) * 16777619) & 0xFFFFFFFF
    return value


def check_ids(ids: Iterable[str]) -> None:
    """Raise ValueError where two ids have one hash: the engine would take them for the same."""
    seen: dict[int, str] = {}
    for name in ids:
        other = seen.setdefault(fnv32(name), name)
        if other != name:
            raise ValueError(f"the ids {other} and {name} have one hash")


class _Rule(NamedTuple):
    """A rule in codes: `source` is its position among the rules given, None for a copy."""

    source: int | None
    conclusion: str
    premises: tuple[str, ...]


class Conclusions:
    """One decision file compiled; words in, conclusions out, each session on its own."""

    def __init__(self, rules: Sequence[ConclusionRule]) -> None:
        self.rules = tuple(rules)
        self.levels = levels(self.rules)
        _check_limits(self.rules)
        words = dict.fromkeys(w for rule in self.rules for w in (rule.conclusion, *rule.premises))
        self._codes = {word: f"w{number}" for number, word in enumerate(words)}
        self._words = {code: word for word, code in self._codes.items()}
        compiled = _spread(self._coded())
        if len(compiled) > MOST_RULES:
            raise broken_decisions(f"more than {MOST_RULES} conclusions")
        self._premises = frozenset(code for rule in compiled for code in rule.premises)
        codes = sorted({*self._codes.values(), *self._premises, *(r.conclusion for r in compiled)})
        check_ids([PRIME, SESSION, f"sid-{SESSION}", *codes])
        self._groups = {code: f"g{i // MOST_CHILDREN}" for i, code in enumerate(codes)}
        self._name = f"decisions{next(_RULESET_NAMES)}"
        self._known: set[str] = set()
        self._fired: set[int] = set()
        self._errors: list[BaseException] = []
        self._register(compiled)

    def conclude(self, words: Iterable[str]) -> Conclusion:
        """Return what follows from words; words that no rule reads stand as they are."""
        given = frozenset(words)
        codes = sorted(code for word in given if (code := self._codes.get(word)))
        self._known, self._fired, self._errors = set(codes), set(), []
        try:
            self._assert(_host().assert_fact, PRIME)
            for code in codes:
                self._assert(_host().assert_fact, code)
        finally:
            _host().get_ruleset(self._name).delete_state(SESSION)
        if self._errors:
            raise self._errors[0]
        concluded = (self._words[code] for code in self._known if code in self._words)
        return Conclusion(given.union(concluded), tuple(sorted(self._fired)))

    def proof(self, goal: str, fired: Iterable[int]) -> tuple[ProofStep, ...]:
        """Return the steps that a concluded word rests on, premises first."""
        return proof_of(goal, self.rules, fired, self.levels)

    def _coded(self) -> list[_Rule]:
        return [
            _Rule(
                i,
                self._codes[r.conclusion],
                tuple(dict.fromkeys(self._codes[p] for p in r.premises)),
            )
            for i, r in enumerate(self.rules)
        ]

    def _coded_premises(self, rule: ConclusionRule) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._codes[word] for word in rule.premises))

    def _register(self, compiled: Sequence[_Rule]) -> None:
        definitions = {f"r{i}": self._definition(rule) for i, rule in enumerate(compiled)}
        definitions["zz_prime"] = {"all": [{"m": {"k": PRIME}}], "run": _nothing}
        _host().register_rulesets({self._name: definitions})

    def _definition(self, rule: _Rule) -> dict[str, Any]:
        conditions = [{f"p{i}": self._condition(code)} for i, code in enumerate(rule.premises)]
        return {"all": conditions or [{"p0": {"k": PRIME}}], "run": self._action(rule)}

    def _condition(self, code: str) -> dict[str, Any]:
        return {"$and": [{"k": self._groups[code]}, {"w": code}]}

    def _action(self, rule: _Rule) -> Callable[[Any], None]:
        def run(context: Any) -> None:
            try:
                if rule.source is not None:
                    self._fired.add(rule.source)
                if rule.conclusion not in self._known:
                    self._known.add(rule.conclusion)
                    self._assert(lambda _, fact: context.assert_fact(fact), rule.conclusion)
            except BaseException as error:  # noqa: BLE001 - the engine would swallow it
                self._errors.append(error)

        return run

    def _assert(self, assert_fact: Callable[[str, dict[str, str]], Any], code: str) -> None:
        """Assert one word as a fact, unless no rule reads it."""
        if code == PRIME:
            assert_fact(self._name, {"id": PRIME, "k": PRIME})
        elif code in self._premises:
            assert_fact(self._name, {"id": code, "k": self._groups[code], "w": code})


@cache
def conclusions(rules: tuple[ConclusionRule, ...]) -> Conclusions:
    """Return the compiled form of rules; equal rules are compiled once in a process."""
    return Conclusions(rules)


def _nothing(_context: Any) -> None:
    """Do nothing: that a rule fired is enough to prepare the session for its deletion."""


def _check_limits(rules: Sequence[ConclusionRule]) -> None:
    for rule in rules:
        if len(set(rule.premises)) > MOST_PREMISES:
            raise broken_decisions(f"`{rule.conclusion}` has more than {MOST_PREMISES} premises")


def _spread(rules: Sequence[_Rule]) -> list[_Rule]:
    """Return rules in which no word feeds too many: what is used more often feeds copies of it."""
    uses: dict[str, list[int]] = {}
    for position, rule in enumerate(rules):
        for code in rule.premises:
            uses.setdefault(code, []).append(position)
    spread = list(rules)
    for code, positions in uses.items():
        if len(positions) > MOST_USES:
            _copy_word(spread, code, positions)
    return spread


def _copy_word(rules: list[_Rule], code: str, positions: Sequence[int]) -> None:
    chunks = [positions[i : i + MOST_USES] for i in range(0, len(positions), MOST_USES)]
    for number, chunk in enumerate(chunks):
        copy = f"{code}c{number}"
        rules.append(_Rule(None, copy, (code,)))
        for position in chunk:
            premises = (copy if p == code else p for p in rules[position].premises)
            rules[position] = rules[position]._replace(premises=tuple(premises))
