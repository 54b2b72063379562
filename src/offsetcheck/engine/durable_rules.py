"""Conclusions by durable-rules 2.0.28, within the limits that its C core needs.

What is guarded against, each seen to crash, hang or answer wrongly: one host and one session id
for the whole process (a host per candidate leaks, session ids collide by hash); no background
dispatcher; a rule that always fires before the session is deleted (deleting one that never acted
reads uninitialised memory); facts of short texts only, asserted one by one; ids compared by
32-bit hash, so all ids are proven distinct when rules are compiled; at most 16 premises a rule,
64 matching branches a fact, 511 children a node and 4,096 rules; exceptions that the engine
swallows are raised again; one thread a process, since two at once get wrong answers.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import count
from threading import Thread, current_thread
from typing import Any, NamedTuple

from durable import engine as durable

from offsetcheck.engine.conclusion import MOST_USES, Conclusion, Conclusions
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.vocabulary.problem import OffsetcheckError, Place, Problem

MOST_CHILDREN = 400
SESSION = "0"
PRIME = "prime"


class _Host(durable.Host):  # type: ignore[misc] # durable-rules has no types
    def _run(self) -> None:
        """Start no dispatcher: its thread walks sessions that have been deleted."""


@cache
def _the_host() -> Any:
    return _Host()


def _host() -> Any:
    """Return the process's one host.

    Raises OffsetcheckError on any thread but the one that asked first: durable-rules answers
    wrongly where two threads use it.
    """
    owner = _OWNER.setdefault("thread", current_thread())
    asking = current_thread()
    if asking is not owner:
        raise _refused(
            f"the thread “{asking.name}” asks for conclusions, and durable-rules belongs to the "
            f"thread “{owner.name}”: one thread a process",
            "ask from that thread, use another process, or set OFFSETCHECK_CONCLUDER=fixpoint",
        )
    return _the_host()


def _refused(message: str, hint: str) -> OffsetcheckError:
    return OffsetcheckError([Problem(message, Place("durable-rules"), hint)])


_OWNER: dict[str, Thread] = {}  # `setdefault` is one step: two threads cannot both be first
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


class DurableConclusions(Conclusions):
    """One decision file compiled; words in, conclusions out, each session on its own."""

    def __init__(self, rules: Sequence[ConclusionRule]) -> None:
        super().__init__(rules)
        words = dict.fromkeys(w for rule in self.rules for w in (rule.conclusion, *rule.premises))
        self._codes = {word: f"w{number}" for number, word in enumerate(words)}
        self._words = {code: word for word, code in self._codes.items()}
        compiled = _spread(self._coded())
        self._premises = frozenset(code for rule in compiled for code in rule.premises)
        codes = sorted({*self._codes.values(), *self._premises, *(r.conclusion for r in compiled)})
        check_ids([PRIME, SESSION, f"sid-{SESSION}", *codes])
        self._groups = {code: f"g{i // MOST_CHILDREN}" for i, code in enumerate(codes)}
        self._name = f"decisions{next(_RULESET_NAMES)}"
        self._known: set[str] = set()
        self._fired: set[int] = set()
        self._errors: list[BaseException] = []
        self._left_over = False
        self._register(compiled)

    def conclude(self, words: Iterable[str]) -> Conclusion:
        """Return what follows from words; words that no rule reads stand as they are.

        Raises what went wrong first, with whatever went wrong after it as notes, and
        OffsetcheckError where the facts of an earlier session could not be cleared away.
        """
        host = _host()
        if self._left_over:
            message = "the facts of an earlier session could not be cleared away"
            raise _refused(message, "start a new process")
        given = frozenset(words)
        codes = sorted(code for word in given if (code := self._codes.get(word)))
        self._known, self._fired, self._errors = set(codes), set(), []
        self._run_session(host, codes)
        if self._errors:
            raise _first(self._errors)
        concluded = (self._words[code] for code in self._known if code in self._words)
        return Conclusion(given.union(concluded), tuple(sorted(self._fired)))

    def _run_session(self, host: Any, codes: Iterable[str]) -> None:
        """Assert each word and delete the session again; errors are kept in their order."""
        try:
            for code in (PRIME, *codes):
                self._assert(host.assert_fact, code)
        except BaseException as error:  # noqa: BLE001 - raised again by `conclude`
            self._errors.append(error)
        try:
            host.get_ruleset(self._name).delete_state(SESSION)
        except BaseException as error:  # noqa: BLE001 - raised again by `conclude`
            self._left_over = True
            self._errors.append(error)

    def _coded(self) -> list[_Rule]:
        return [
            _Rule(
                i,
                self._codes[r.conclusion],
                tuple(dict.fromkeys(self._codes[p] for p in r.premises)),
            )
            for i, r in enumerate(self.rules)
        ]

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


def _first(errors: Sequence[BaseException]) -> BaseException:
    """Return the first of errors, with the others as notes."""
    first, *later = errors
    for error in later:
        first.add_note(f"after it: {type(error).__name__}: {error}")
    return first


def _nothing(_context: Any) -> None:
    """Do nothing: that a rule fired is enough to prepare the session for its deletion."""


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
