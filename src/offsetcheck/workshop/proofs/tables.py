"""Lookups as formulas: the engine itself is asked what a table answers to each key that matters."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from offsetcheck.engine.arithmetic import key_text
from offsetcheck.engine.lookup import (
    NO_VERSION,
    Asked,
    PossibleAnswer,
    awaits_screening,
    possible_answer,
)
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.workshop.proofs.terms import (
    Formula,
    Term,
    both,
    choose,
    every,
    number,
    opposite,
    same,
    some,
)
from offsetcheck.workshop.proofs.world import TEXTS, World

NO_MATCH = "~"  # a version that no range holds


class Case(NamedTuple):
    """One way in which a table is asked: the parts known, None for those that could be anything."""

    parts: tuple[Any | None, ...]
    version: Any | None


class TableReader:
    """Asks one table in one world; answers of grades below `at_least` do not count."""

    def __init__(self, lookup: Lookup, world: World, at_least: EvidenceGrade | None) -> None:
        self._lookup = lookup
        self._world = world
        self._at_least = at_least
        self._kinds = tuple(getattr(key, "type", None) for key in lookup.keys)
        rows = (row for rows in lookup.rows.values() for row in rows)
        ranges = {row.version for row in rows if row.version is not None}
        self._versions = [w for w in world.words if any(version_matches(r, w) for r in ranges)]

    def read(self, keys: Sequence[Term], version: Term | None) -> Term:
        """Return what the table answers to keys as far as they are known."""
        if not awaits_screening(self._lookup):
            return self._read(keys, version, screened=False)
        looked_for = self._read(keys, version, screened=True)
        not_looked_for = self._read(keys, version, screened=False)
        return _either(self._world.screened, looked_for, not_looked_for)

    def _read(self, keys: Sequence[Term], version: Term | None, *, screened: bool) -> Term:
        asked = (*keys, version) if version is not None else tuple(keys)

        def at(*values: Any) -> Term:
            parts = values[: len(keys)]
            return self._answer(Case(parts, values[-1] if version is not None else None), screened)

        answer = _whole(at, asked)
        for mask in product((True, False), repeat=len(asked)):
            if all(mask) or any(
                term.known is True for term, known in zip(asked, mask, strict=True) if not known
            ):
                continue
            stands = every(
                term.known if known else _unknown(term)
                for term, known in zip(asked, mask, strict=True)
            )
            values = [t.value if known else None for t, known in zip(asked, mask, strict=True)]
            answer = _either(stands, at(*values), answer)
        return answer

    def _answer(self, case: Case, screened: bool) -> Term:
        """Return the answer to a key of which some parts may be anything."""
        found: dict[PossibleAnswer, list[Formula]] = {}
        met: list[Formula] = []
        for key, matches in self._keys(case):
            met.append(matches)
            base = self._ask(case, key, NO_MATCH, screened)
            special: list[Formula] = []
            for word in self._versions if case.version is not None else ():
                here = self._ask(case, key, word, screened)
                if here == base:
                    continue
                is_word = same(case.version, self._world.word(word))
                special.append(is_word)
                found.setdefault(here, []).append(both(matches, is_word))
            found.setdefault(base, []).append(both(matches, opposite(some(special))))
        nowhere = self._ask(case, None, NO_MATCH, screened)
        found.setdefault(nowhere, []).append(opposite(some(met)))
        return self._term(found)

    def _term(self, found: dict[PossibleAnswer, list[Formula]]) -> Term:
        known: Formula = False
        value: Any = None
        several = []
        for answer, guards in found.items():
            guard, values = some(guards), answer.alternatives
            if values is None:
                continue
            formulas = tuple(self._world.constant(one) for one in values)
            if len(formulas) > 1:
                several.append((guard, formulas))
            else:
                value = formulas[0] if value is None else choose(guard, formulas[0], value)
                known = some((known, guard))
        if value is None:
            value = several[0][1][0] if several else self._world.nothing(self._lookup.type)
        return Term(known, value, tuple(several))

    def _keys(self, case: Case) -> Iterator[tuple[tuple[str, ...], Formula]]:
        """Yield one key for each that the parts known can tell apart, and when it is asked for."""
        seen: set[tuple[str, ...]] = set()
        for key in self._lookup.rows:
            told = tuple(t for t, part in zip(key, case.parts, strict=True) if part is not None)
            if told in seen:
                continue
            seen.add(told)
            parts = zip(key, case.parts, self._kinds, strict=True)
            yield key, every(self._is(t, p, kind) for t, p, kind in parts if p is not None)

    def _is(self, text: str, value: Any, kind: FieldType | None) -> Formula:
        """Return whether a value is the one that a key column writes as a text."""
        if kind is FieldType.BOOLEAN:
            return value if text == "true" else opposite(value) if text == "false" else False
        if kind in TEXTS:
            return same(value, self._world.word(text))
        try:
            found = float(text)
        except ValueError:
            return False
        return value == number(found) if key_text(found) == text else False

    def _ask(
        self, case: Case, key: tuple[str, ...] | None, version: str, screened: bool
    ) -> PossibleAnswer:
        texts = key if key is not None else ("\0",) * len(case.parts)
        parts = tuple(
            (t,) if part is not None else None for t, part in zip(texts, case.parts, strict=True)
        )
        versions: tuple[str | None, ...] | None = NO_VERSION
        if self._lookup.version is not None:
            versions = (version,) if case.version is not None else None
        return possible_answer(self._lookup, Asked(parts, versions, screened, self._at_least))


def _whole(at: Callable[..., Term], asked: Sequence[Term]) -> Term:
    """Return the answer where every part is known, or one of several values."""
    answer = at(*(term.value for term in asked))
    known = every(term.known for term in asked)
    guarded = tuple((both(known, guard), values) for guard, values in answer.several)
    whole = Term(both(known, answer.known), answer.value, guarded)
    for place, term in enumerate(asked):
        others = every(one.known for at_, one in enumerate(asked) if at_ != place)
        for guard, values in term.several:
            answers = [
                at(*(v if i == place else t.value for i, t in enumerate(asked))) for v in values
            ]
            whole = _either(both(guard, others), _one_of(answers), whole)
    return whole


def _one_of(answers: Sequence[Term]) -> Term:
    """Return what is known where one of several answers is the right one."""
    alike = every(same(answers[0].value, one.value) for one in answers[1:])
    known = every(one.known for one in answers)
    values = tuple(one.value for one in answers)
    return Term(both(known, alike), values[0], ((both(known, opposite(alike)), values),))


def _either(condition: Formula, first: Term, second: Term) -> Term:
    """Return one answer where a condition holds, else another."""
    other = opposite(condition)
    several = (
        *((both(condition, guard), values) for guard, values in first.several),
        *((both(other, guard), values) for guard, values in second.several),
    )
    known = choose(condition, first.known, second.known)
    value = choose(condition, first.value, second.value)
    return Term(known, value, tuple(one for one in several if one[0] is not False))


def _unknown(term: Term) -> Formula:
    return opposite(some((term.known, *(guard for guard, _ in term.several))))
