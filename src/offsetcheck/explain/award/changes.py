"""What changes where every condition is met, and what to relax where the need is not covered."""

from collections.abc import Iterator

from offsetcheck.engine.award.award import Outcome
from offsetcheck.engine.award.lots import LimitKind
from offsetcheck.engine.award.relax import Relaxation, Way
from offsetcheck.engine.award.sets import AwardSet
from offsetcheck.explain.award.limits import enough_words
from offsetcheck.explain.award.said import Said
from offsetcheck.explain.award.sets import limit_label


def changes(said: Said) -> tuple[str, ...]:
    """Return what becomes of each set where every condition is met; none without conditions."""
    before, after = said.award.sure, said.award.all_met
    if before is None or after is None or before is after:
        return ()
    return tuple(line for made in after.sets for line in _changed(said, before, after, made))


def _changed(said: Said, before: Outcome, after: Outcome, made: AwardSet) -> Iterator[str]:
    title, old = said.word(f"award.set.{made.kind.value}"), before.of(made.kind)
    values = {"set": title, "cost": said.money(made.cost), "covered": said.tonnes(made.covered)}
    if old is None:
        yield said.word("award.changed.first", **values)
        return
    moved = _taken(after, made), _taken(before, old)
    if moved[0] == moved[1]:
        yield said.word("award.changed.nothing", set=title)
        return
    if made.covered > old.covered:
        yield said.word("award.changed.more", before=said.tonnes(old.covered), **values)
    else:
        yield said.word("award.changed.cost", before=said.money(old.cost), **values)
    now, then = moved
    for key, named in (("comes", _more(said, now, then)), ("goes", _more(said, then, now))):
        if named:
            yield said.word(f"award.changed.{key}", list="; ".join(named))


def _taken(outcome: Outcome, made: AwardSet) -> dict[str, int]:
    pairs = zip(outcome.choice.lots, made.tonnes, strict=True)
    return {lot.offer: taken for lot, taken in pairs if taken}


def _more(said: Said, more: dict[str, int], less: dict[str, int]) -> list[str]:
    grown = {offer: t - less.get(offer, 0) for offer, t in sorted(more.items())}
    return [
        said.word("award.named_tonnes", name=said.named([offer]), tonnes=said.tonnes(by))
        for offer, by in grown.items()
        if by > 0
    ]


def relaxed(said: Said) -> tuple[str, ...]:
    """Return what to relax so that the need is covered, with the numbers; none where it is."""
    outcome = said.award.sure
    if outcome is None or outcome.way is None:
        return ()
    return tuple(_relaxed(said, outcome))


def _relaxed(said: Said, outcome: Outcome) -> Iterator[str]:
    way, need = outcome.way, outcome.choice.limits.need
    if way is None:
        return
    if way.supply < need:
        missing = said.tonnes(need - way.supply)
        supply = said.tonnes(way.supply)
        yield said.word("award.relaxed.supply", supply=supply, missing=missing)
    if outcome.covered == 0:
        yield said.word("award.relaxed.nothing")
    else:
        yield said.word("award.relaxed.lower_need", covered=said.tonnes(outcome.covered))
    yield from _beyond_budget(said, way, outcome.choice.limits.budget or 0)
    if way.supply < need:
        return
    for line in way.single:
        yield _single(said, outcome, line)
    if not way.single:
        names = [limit_label(said, name) for name in way.together]
        key = "award.relaxed.together" if names else "award.relaxed.unclear"
        yield said.word(key, list="; ".join(names))


def _beyond_budget(said: Said, way: Way, budget: int) -> Iterator[str]:
    """Yield what the other limits allow, where the budget keeps it out: its cost, and the rest."""
    for key, found in (("least", way.least), ("within_others", way.within_others)):
        if found is not None and not (key == "least" and found == way.within_others):
            values = {"cost": said.money(found.cost), "more": said.money(found.cost - budget)}
            yield said.word(f"award.relaxed.{key}", tonnes=said.tonnes(found.tonnes), **values)


def _single(said: Said, outcome: Outcome, line: Relaxation) -> str:
    kind, limits = line.name.kind, outcome.choice.limits
    more = 0
    if kind is LimitKind.BUDGET:
        more = int(line.enough or 0) - (limits.budget or 0)
    return said.word(
        f"award.relaxed.{kind.value}",
        limit=limit_label(said, line.name),
        enough=enough_words(said, kind, line.enough) if line.enough is not None else "",
        more=said.money(more) if kind is LimitKind.BUDGET else said.tonnes(line.passed or 0),
        tonnes=said.tonnes(line.passed or 0),
    )
