"""One offer under several cities and standards in lines."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.report.lines import part, shortened, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.signs import verdict_sign
from offsetcheck.vocabulary.comparison import (
    ComparisonExplanation,
    DifferenceLine,
    PositionLine,
    ProfileLine,
)

Words = Mapping[str, str]
KINDS = (("city", "compare.cities"), ("standard", "compare.standards"))
APART = ("reason", "claim", "purchase_words")


def lines(explained: ComparisonExplanation, words: Words) -> Iterator[str]:
    """Yield results, which rule makes each difference, the differences, and what is the same."""
    yield f"{explained.offer.id}  {explained.title}, {said_day(explained.as_of, words)}"
    yield from wrapped(explained.purchase_words)
    yield from _results(explained, words)
    yield from part(words["compare.causes"], _causes(explained))
    yield from part(words["compare.differences"], _differences(explained.differences, words))
    for line in explained.not_asked:
        points = "; ".join(line.points)
        yield from wrapped(say(words, "compare.not_asked", who=line.who, points=points), "  ")
    if explained.asked_differently:
        yield from part(words["compare.asked"], _differences(explained.asked_differently, words))
    yield from part(words["compare.same"], _same(explained, words))


def _results(explained: ComparisonExplanation, words: Words) -> Iterator[str]:
    profiles = explained.profiles
    width = max(len(profile.name) for profile in profiles)
    for kind, key in KINDS:
        rows = [profile for profile in profiles if profile.kind == kind]
        if rows:
            results = (line for one in rows for line in _result(one, width, profiles, words))
            yield from part(words[key], results)
    for name in APART:
        yield from wrapped(say(words, "compare.unless", words=_usual(profiles, name)), "  ")


def _result(
    profile: ProfileLine, width: int, profiles: Sequence[ProfileLine], words: Words
) -> Iterator[str]:
    verdict = profile.verdict
    row = f"{verdict_sign(verdict.verdict)} {profile.name:{width}}  {verdict.words:24}"
    floor = f"{words['compare.floor_short']} {profile.floor}"
    yield f"  {row}  {profile.grade:3} ({floor})  {_officer(profile)}"
    for name in APART:
        if getattr(profile, name) != _usual(profiles, name):
            yield from wrapped(str(getattr(profile, name)), "      ")


def _officer(profile: ProfileLine) -> str:
    """Return what the officer may do; nothing where the purchase itself bars an award."""
    return "" if profile.verdict.stamp else profile.verdict.officer_words or ""


def _usual(profiles: Sequence[ProfileLine], name: str) -> str:
    """Return the words that most profiles share."""
    found = Counter(str(getattr(profile, name)) for profile in profiles)
    return found.most_common(1)[0][0]


def _causes(explained: ComparisonExplanation) -> Iterator[str]:
    first, *others = explained.profiles
    yield from wrapped(first.cause_words, "  ")
    if explained.agreeing:
        yield from wrapped(explained.agreeing, "  ")
    for profile in others:
        if not profile.agrees:
            yield from wrapped(profile.cause_words, "  ")


def _differences(differences: Sequence[DifferenceLine], words: Words) -> Iterator[str]:
    if not differences:
        yield from wrapped(words["compare.all_same"], "  ")
    for line in differences:
        yield "  " + " ".join(filter(None, (line.code, line.title)))
        if line.turns:
            yield from wrapped(f"{words['compare.turns']} {', '.join(line.turns)}", "    ")
        if line.found:
            yield from wrapped(shortened(line.found), "    ")
        yield from _positions(line.positions, words)


def _positions(positions: Sequence[PositionLine], words: Words) -> Iterator[str]:
    *asked, last = positions
    if last.words != words["compare.absent"]:
        asked = [*positions]
    for position in asked:
        text = f"{position.who}: {position.words}"
        if len(asked) < len(positions):
            text = say(words, "compare.only", who=position.who, words=position.words)
        yield from wrapped(text, "    ")
        yield from _position(position)


def _position(position: PositionLine) -> Iterator[str]:
    for text in (
        position.requires,
        position.contrast,
        position.found,
        *position.values,
        *position.changes,
    ):
        if text:
            yield from wrapped(shortened(text), "       ")


def _same(explained: ComparisonExplanation, words: Words) -> Iterator[str]:
    for line in explained.same:
        yield from wrapped(say(words, "compare.count", count=line.count, words=line.words), "  ")
        for title in line.titles:
            yield from wrapped(title, "      ")
