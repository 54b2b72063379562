"""What is otherwise in cities and jurisdictions, their dated values apart."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.difference.meaning.model import (
    Books,
    Change,
    Period,
    Topic,
    names_of_both,
    period_of,
)
from offsetcheck.difference.meaning.rules import differs
from offsetcheck.difference.meaning.values import Policy
from offsetcheck.rulebook.policies.model import CityFact, CityFile, RuleChange
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.forms.document import Steps

STATED = ("kind", "scope", "offsetting", "jurisdictions", "spoken_of")
BESIDE = ("languages", "undecided", "remedy", "example")
"""Keys of a city that are printed and by which no answer is another one."""
ADOPTED = ("adopt", "adopt_also")
CHANGED = ("effect", "if_unknown", "cap", "limit", "weight", "applies_when", "levels", "evidence")


def policy_changes(books: Books) -> Iterator[Change]:
    """Yield what is otherwise in the files of cities and jurisdictions."""
    for folder, (old, new) in (
        ("jurisdictions", (books.old.jurisdictions, books.new.jurisdictions)),
        ("cities", (books.old.cities, books.new.cities)),
    ):
        for layer in names_of_both(old, new):
            file = f"{folder}/{layer}"
            if layer not in old or layer not in new:
                yield _whole(layer, file, layer in new, books)
            elif old[layer] != new[layer]:
                yield from _layer(file, old[layer], new[layer], books)


def _whole(layer: str, file: str, is_new: object, books: Books) -> Change:
    kind = "city" if file.startswith("cities/") else "jurisdiction"
    before, after = (None, layer) if is_new else (layer, None)
    # A new city had no answers before; of one that is gone nobody asks for any.
    return _change(file, kind, layer, before=before, after=after, decides=False, books=books)


def _layer(file: str, old: Policy, new: Policy, books: Books) -> Iterator[Change]:
    yield from _rule_changes(file, old, new, books)
    yield from _adopted(file, old, new, books)
    yield from _terms(file, old, new, books)
    if isinstance(old, CityFile) and isinstance(new, CityFile):
        yield from _stated(file, old, new, books)
        yield from _facts(file, old, new, books)


def _change(
    file: str,
    key: str,
    layer: str,
    *,
    books: Books,
    before: object,
    after: object,
    steps: tuple[str | int, ...] = (),
    rule: str | None = None,
    name: str = "",
    reach: Sequence[str] | None = None,
    covered: Sequence[str] = (),
    decides: bool = True,
    noted: bool = False,
) -> Change:
    under = _under(layer, books) if reach is None else tuple(reach)
    period = period_of(books.new, rule) or period_of(books.old, rule) if rule else None
    return Change(
        Topic.CITY, key, f"{file}.yaml", (file,), steps or (key,), rule=rule, name=name,
        layer=layer, before=before, after=after, period=period or _always(books), reach=under,
        covered=tuple(covered), decides=decides, noted=noted,
    )  # fmt: skip


def _always(books: Books) -> Period:
    return Period(max(book.first_day for book in books.sides))


def _under(layer: str, books: Books) -> tuple[str, ...]:
    """Return the cities that stand under a layer in either rulebook."""
    return tuple(
        city
        for city in books.lasting
        if any(layer == one.id for book in books.sides for one in books.layers(book, city))
    )


def _rule_changes(file: str, old: Policy, new: Policy, books: Books) -> Iterator[Change]:
    """Yield what a layer does otherwise to a rule: each key of its changes, and leaving it out."""
    was, now = _by_rule(old.change), _by_rule(new.change)
    for rule in names_of_both(was, now):
        for key in ("leave_out", *CHANGED):
            before, after = (_given(side.get(rule, ()), key) for side in (was, now))
            if before != after:
                reach, covered = _reach(rule, key, new.id, books)
                yield _change(
                    file, key, new.id, books=books, before=before, after=after, rule=rule,
                    steps=_steps(new.change, rule), reach=reach, covered=covered,
                    noted=_reason(now.get(rule, ())) not in {None, _reason(was.get(rule, ()))},
                )  # fmt: skip


def _by_rule(changes: Sequence[RuleChange]) -> Mapping[str, Sequence[RuleChange]]:
    found: dict[str, list[RuleChange]] = {}
    for change in changes:
        found.setdefault(change.rule, []).append(change)
    return found


def _given(changes: Sequence[RuleChange], key: str) -> object:
    """Return what the changes of a rule say of a key, the last one that says anything."""
    said = [value for change in changes if (value := _said(change, key)) not in {None, False}]
    return said[-1] if said else None


def _said(change: RuleChange, key: str) -> object:
    if key == "evidence":
        return change.evidence.at_least if change.evidence else None
    if key == "levels":
        levels = change.levels or {}
        return "; ".join(f"{n}: {' '.join(t.split())}" for n, t in levels.items()) or None
    value = getattr(change, key)
    return " ".join(value.split()) if key == "applies_when" and value else value


def _reason(changes: Sequence[RuleChange]) -> str | None:
    return next((change.reason for change in reversed(changes) if change.reason), None)


def _steps(changes: Sequence[RuleChange], rule: str) -> tuple[str | int, ...]:
    index = next((place for place, one in enumerate(changes) if one.rule == rule), None)
    return ("change",) if index is None else ("change", index)


def _reach(rule: str, key: str, layer: str, books: Books) -> tuple[list[str], list[str]]:
    reach: list[str] = []
    covered: list[str] = []
    contents = books.contents(rule)
    for city in _under(layer, books):
        old, new = (books.effective(book, rule, city) for book in books.sides)
        if old is None and new is None:
            continue
        turns = (
            old is None
            or new is None
            or any(differs(one, old, new, contents) for one in _keys(key))
        )
        (reach if turns else covered).append(city)
    return reach, covered


def _keys(key: str) -> tuple[str, ...]:
    if key == "leave_out":
        return ()
    if key == "evidence":
        return ("at_least",)
    return tuple(f"levels.{n}" for n in (5, 4, 3, 2, 1)) if key == "levels" else (key,)


def _adopted(file: str, old: Policy, new: Policy, books: Books) -> Iterator[Change]:
    """Yield each rule that a layer adopts or no longer adopts."""
    was, now = _adopts(old), _adopts(new)
    for rule in sorted(was ^ now):
        reach = [
            city
            for city in _under(new.id, books)
            if (books.effective(books.old, rule, city) is None)
            != (books.effective(books.new, rule, city) is None)
        ]
        yield _change(
            file, "adopted", new.id, books=books, before=rule in was, after=rule in now, rule=rule,
            steps=("adopt_also",), reach=reach,
        )  # fmt: skip


def _adopts(policy: Policy) -> frozenset[str]:
    own = policy.adopted if isinstance(policy, CityFile) else None
    return frozenset(policy.adopt_also) | (own or frozenset())


def _terms(file: str, old: Policy, new: Policy, books: Books) -> Iterator[Change]:
    """Yield the floor, and for how long a search counts."""
    was = old.screening.holds_days if old.screening else None
    now = new.screening.holds_days if new.screening else None
    if was != now:
        yield _change(file, "screening", new.id, books=books, before=was, after=now)
    if isinstance(old, CityFile) and isinstance(new, CityFile):
        floors = [one.floor.integrity if one.floor else None for one in (old, new)]
        if floors[0] != floors[1]:
            yield _change(file, "floor", new.id, books=books, before=floors[0], after=floors[1])
        adopt = [one.adopted is None for one in (old, new)]
        if adopt[0] != adopt[1]:
            said = ["all" if one else None for one in adopt]
            yield _change(file, "adopt", new.id, books=books, before=said[0], after=said[1])


def _stated(file: str, old: CityFile, new: CityFile, books: Books) -> Iterator[Change]:
    for key in (*STATED, *BESIDE):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            known = "speaks_of" if key == "spoken_of" else key
            shown = [None if key == "remedy" else value for value in (before, after)]
            yield _change(
                file, known, new.id, books=books, before=shown[0], after=shown[1],
                decides=key in STATED,
            )  # fmt: skip


def _facts(file: str, old: CityFile, new: CityFile, books: Books) -> Iterator[Change]:
    for name in names_of_both(old.facts, new.facts):
        was, now = old.facts.get(name), new.facts.get(name)
        before, after = (None if fact is None else fact.value for fact in (was, now))
        if before != after:
            yield _change(
                file, "fact", new.id, books=books, before=before, after=after, name=name,
                steps=("facts", name), noted=_has_new_note(was, now),
            )  # fmt: skip


def _has_new_note(was: CityFact | None, now: CityFact | None) -> bool:
    if now is None or now.note is None:
        return False
    return was is None or was.note != now.note


def cited_by(policy: Policy) -> Iterator[tuple[str, SourceEntry, Steps]]:
    """Yield each source of a policy's own values, by where it stands."""
    for full, parameter in policy.parameters.items():
        for day, entry in parameter.dated.items():
            found = entry.source or parameter.source
            if found is not None:
                yield f"{full}@{day.isoformat()}", found, ("parameters", full, "source", "standing")
    for index, change in enumerate(policy.change):
        if change.source is not None:
            yield change.rule, change.source, ("change", index, "source", "standing")
    for index, source in enumerate(policy.sources):
        at = f"sources {source.guide} {source.clause}"
        yield at, source, ("sources", index, "standing")
