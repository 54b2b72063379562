"""What is otherwise in scoring, conclusions and cited sources."""

from collections.abc import Iterator, Mapping

from offsetcheck.difference.meaning.model import Books, Change, Period, Topic, names_of_both
from offsetcheck.difference.meaning.policies import cited_by
from offsetcheck.difference.meaning.rules import file_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SHARED, SourceEntry
from offsetcheck.vocabulary.forms.document import Steps

PARTS = ("integrity", "value", "ceiling")
LISTED = "sources "
CITED = ("title", "edition", "date", "url", "publisher", "licence")


def frame_changes(books: Books) -> Iterator[Change]:
    """Yield what is otherwise in guide.yaml and decisions.yaml."""
    old, new = books.old.guide, books.new.guide
    for name in names_of_both(old.dimensions, new.dimensions):
        for part in PARTS:
            before, after = (
                getattr(side.dimensions[name], part) if name in side.dimensions else None
                for side in (old, new)
            )
            if before != after:
                yield _of_guide(f"dimension_{part}", ("dimensions", name, part), books,
                                name=name, before=before, after=after)  # fmt: skip
    for letter in names_of_both(old.grades, new.grades):
        before, after = old.grades.get(letter), new.grades.get(letter)
        if before != after:
            yield _of_guide("cut", ("grades", letter), books, name=letter, before=before,
                            after=after)  # fmt: skip
    yield from _terms(books)
    yield from _decisions(books)


def _terms(books: Books) -> Iterator[Change]:
    old, new = books.old.guide, books.new.guide
    if old.floor.integrity != new.floor.integrity:
        own = tuple(city for city in books.lasting if books.new.cities[city].floor is not None)
        reach = tuple(city for city in books.lasting if city not in own)
        yield _of_guide("floor", ("floor", "integrity"), books, before=old.floor.integrity,
                        after=new.floor.integrity, reach=reach, covered=own)  # fmt: skip
    if old.value_ranked_from != new.value_ranked_from:
        yield _of_guide("value_ranked_from", ("value_ranked_from",), books,
                        before=old.value_ranked_from, after=new.value_ranked_from)  # fmt: skip
    days = [one.screening.holds_days if one.screening else None for one in (old, new)]
    if days[0] != days[1]:
        own = tuple(city for city in books.lasting if _searches(city, books))
        reach = tuple(city for city in books.lasting if city not in own)
        yield _of_guide("screening", ("screening",), books, before=days[0], after=days[1],
                        reach=reach, covered=own)  # fmt: skip
    began = [one.effective.since if one.effective else None for one in (old, new)]
    if began[0] != began[1]:
        yield _of_guide("first_day", ("effective",), books, before=began[0], after=began[1],
                        decides=False)  # fmt: skip


def _searches(city: str, books: Books) -> bool:
    return any(layer.screening is not None for layer in books.layers(books.new, city))


def _of_guide(key: str, steps: tuple[str, ...], books: Books, **more: object) -> Change:
    given = {"reach": books.lasting} | more
    return Change(
        Topic.SCORING, key, "guide.yaml", ("guide",), steps, period=_always(books),
        **given,  # type: ignore[arg-type]
    )  # fmt: skip


def _always(books: Books) -> Period:
    return Period(max(book.first_day for book in books.sides))


def _decisions(books: Books) -> Iterator[Change]:
    old, new = books.old.decisions, books.new.decisions
    for start, sides in (((), (old, new)), (("purchase",), (old.purchase, new.purchase))):
        was, now = (side.decisions() for side in sides)
        if was.verdicts != now.verdicts:
            yield _decision((*start, "verdicts"), books, "", was.verdicts, now.verdicts)
        for word in names_of_both(was.conclusions, now.conclusions):
            ways = [side.conclusions.get(word) for side in (was, now)]
            if ways[0] != ways[1]:
                before, after = (None if way is None else _spoken(way) for way in ways)
                yield _decision((*start, "conclusions", word), books, word, before, after)


def _decision(
    steps: tuple[str, ...], books: Books, name: str, before: object, after: object
) -> Change:
    return Change(
        Topic.SCORING, "decision", "decisions.yaml", ("decisions",), steps, name=name,
        before=before, after=after, period=_always(books), reach=books.lasting,
    )  # fmt: skip


def _spoken(ways: tuple[Mapping[str, object], ...]) -> str:
    """Return the ways to a conclusion in the terms of the file."""
    return "; ".join(_way(way) for way in ways)


def _way(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_way(part)}" for key, part in value.items())
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def source_changes(books: Books) -> Iterator[Change]:
    """Yield cited guides that are otherwise, and citations whose standing or place is."""
    old, new = books.old.guides, books.new.guides
    for name in names_of_both(old, new):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            sides = (None, name) if was is None else (name, None)
            yield _source("guide", ("sources.yaml", None, name), (name,), sides)
            continue
        for key in CITED:
            sides = getattr(was, key), getattr(now, key)
            if sides[0] != sides[1]:
                yield _source(f"guide_{key}", ("sources.yaml", None, name), (name, key), sides)
    yield from _citations(books)


def _source(
    key: str, of: tuple[str, str | None, str], steps: Steps, sides: tuple[object, object]
) -> Change:
    """Return a change of a file, rule and name; no answer rests on what is cited."""
    file, rule, name = of
    return Change(
        Topic.SOURCE, key, file, (), steps, rule=rule, name=name, before=sides[0],
        after=sides[1], decides=False,
    )  # fmt: skip


def _citations(books: Books) -> Iterator[Change]:
    sides = [{place: (cited, steps) for place, cited, steps in _cited(b)} for b in books.sides]
    was, now = ({place: one[0] for place, one in side.items()} for side in sides)
    files = [{place[0] for place in side} for side in (was, now)]
    for place in dict.fromkeys([*was, *now]):
        before, after = was.get(place), now.get(place)
        steps = (sides[1].get(place) or sides[0][place])[1]
        file, rule, at = place
        # A source of a file or a value that is new or gone is told with that one.
        listed = at.startswith(LISTED) and file in files[0] and file in files[1]
        if before == after or (not listed and (before is None or after is None)):
            continue
        if before is not None and after is not None and before[:2] == after[:2]:
            yield _source("standing", (file, rule, _named(after)), steps, (before[2], after[2]))
        else:
            said = [one and f"{_named(one)} [{one[2]}]" for one in (before, after)]
            yield _source("citation", (file, rule, "" if listed else at), steps, (said[0], said[1]))


Cited = tuple[str, str, str]
"""Guide, clause and standing."""


def _listed(source: SourceEntry) -> str:
    """Return where a source of a list stands: by what it cites, whatever comes before it."""
    return f"{LISTED}{source.guide} {source.clause}"


def _named(cited: Cited) -> str:
    return ", ".join(part for part in cited[:2] if part) or "–"


Place = tuple[str, str | None, str]
"""File, rule, and where in it a citation stands."""


def _cited(book: Rulebook) -> Iterator[tuple[Place, Cited, Steps]]:
    """Yield each citation of rules, values and policies by where it stands."""
    for name, rule in book.rules.items():
        for index, source in enumerate(rule.file.sources):
            place = (file_of(name), name, _listed(source))
            yield place, _plain(source), ("sources", index, "standing")
        for parameter, written in rule.file.parameters.items():
            for day, entry in written.values.items():
                at = f"{parameter}@{day.isoformat()}"
                where = ("parameters", parameter, "values", day.isoformat(), "source", "standing")
                yield (file_of(name), name, at), _plain(entry.source), where
    for name, one in book.shared.items():
        file = f"parameters/{name.removeprefix(SHARED)}.yaml"
        for day, entry in one.parameter.values.items():
            at = f"{name}@{day.isoformat()}"
            own: Steps = ("values", day.isoformat(), "source", "standing")
            yield (file, None, at), _plain(entry.source), own
    yield from _cited_by_steps(book)
    for folder, policies in (("jurisdictions", book.jurisdictions), ("cities", book.cities)):
        for name, policy in policies.items():
            for at, source, own in cited_by(policy):
                yield (f"{folder}/{name}.yaml", None, at), _plain(source), own


def _cited_by_steps(book: Rulebook) -> Iterator[tuple[Place, Cited, Steps]]:
    own: Steps
    for step in book.steps.values():
        for index, source in enumerate(step.file.sources):
            own = ("sources", index, "standing")
            yield (step.document.file, None, _listed(source)), _plain(source), own
        for name, choices in step.file.choices.items():
            for index, choice in enumerate(choices):
                own = ("choices", name, index, "source", "standing")
                at = f"{name}: {choice.value}"
                yield (step.document.file, None, at), _plain(choice.source), own


def _plain(source: SourceEntry) -> Cited:
    return source.guide or "", source.clause or "", source.standing.value
