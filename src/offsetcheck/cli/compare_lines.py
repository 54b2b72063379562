"""A comparison as lines of text for a terminal."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from offsetcheck.difference.phrases import Speech
from offsetcheck.vocabulary.comparison import (
    ComparisonExplanation,
    DifferenceLine,
    PositionLine,
    ProfileLine,
)

WIDTH = 100
SIGNS = {"not_eligible": "✗", "undecided": "?", "eligible_with_conditions": "!", "eligible": "✓"}
LONGEST = 300  # signs of a sentence; a long list is read in the page
KINDS = (("city", "compare.cities"), ("standard", "compare.standards"))
APART = ("reason", "claim", "purchase_words")


def comparison_lines(made: ComparisonExplanation, speech: Speech) -> Iterator[str]:
    """Yield results, which rule makes each difference, the differences, and what is the same."""
    yield f"{made.offer.id}  {made.title}, {made.as_of}"
    yield from wrapped(made.purchase_words, "")
    yield from _results(made, speech)
    yield from _part(speech.say("compare.causes"), _causes(made))
    yield from _part(speech.say("compare.differences"), _differences(made.differences, speech))
    for line in made.not_asked:
        points = speech.joined(list(line.points))
        yield from wrapped(speech.say("compare.not_asked", who=line.who, points=points), "  ")
    if made.asked_differently:
        yield from _part(speech.say("compare.asked"), _differences(made.asked_differently, speech))
    yield from _part(speech.say("compare.same"), _same(made, speech))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from lines


def _results(made: ComparisonExplanation, speech: Speech) -> Iterator[str]:
    width = max(len(profile.name) for profile in made.profiles)
    for kind, key in KINDS:
        rows = [profile for profile in made.profiles if profile.kind == kind]
        if rows:
            lines = (line for profile in rows for line in _result(profile, width, made.profiles))
            yield from _part(speech.say(key), lines)
    for name in APART:
        yield from wrapped(speech.say("compare.unless", words=_usual(made.profiles, name)), "  ")


def _result(profile: ProfileLine, width: int, profiles: Sequence[ProfileLine]) -> Iterator[str]:
    verdict = profile.verdict
    row = f"{SIGNS[verdict.verdict]} {profile.name:{width}}  {verdict.words:24}"
    yield f"  {row}  {profile.grade:3} (floor {profile.floor})  {_officer(profile)}"
    for name in APART:
        if getattr(profile, name) != _usual(profiles, name):
            yield from wrapped(str(getattr(profile, name)), "      ")


def _officer(profile: ProfileLine) -> str:
    """Return what the officer may do; nothing where the purchase itself bars an award."""
    return "" if profile.verdict.stamp else profile.verdict.officer_words or ""


def _usual(profiles: Sequence[ProfileLine], name: str) -> str:
    """Return the words that most profiles share."""
    said = Counter(str(getattr(profile, name)) for profile in profiles)
    return said.most_common(1)[0][0]


def _causes(made: ComparisonExplanation) -> Iterator[str]:
    first, *others = made.profiles
    yield from wrapped(first.cause_words, "  ")
    if made.agreeing:
        yield from wrapped(made.agreeing, "  ")
    for profile in others:
        if not profile.agrees:
            yield from wrapped(profile.cause_words, "  ")


def _differences(lines: Sequence[DifferenceLine], speech: Speech) -> Iterator[str]:
    if not lines:
        yield from wrapped(speech.say("compare.all_same"), "  ")
    for line in lines:
        yield "  " + " ".join(filter(None, (line.code, line.title)))
        if line.turns:
            yield from wrapped(f"{speech.say('compare.turns')} {', '.join(line.turns)}", "    ")
        if line.found:
            yield from wrapped(_shortened(line.found), "    ")
        yield from _positions(line.positions, speech)


def _positions(positions: Sequence[PositionLine], speech: Speech) -> Iterator[str]:
    *asked, last = positions
    if last.words != speech.say("compare.absent"):
        asked = [*positions]
    for position in asked:
        words = f"{position.who}: {position.words}"
        if len(asked) < len(positions):
            words = speech.say("compare.only", who=position.who, words=position.words)
        yield from wrapped(words, "    ")
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
            yield from wrapped(_shortened(text), "       ")


def _shortened(text: str) -> str:
    return textwrap.shorten(text, LONGEST, placeholder=" …")


def _same(made: ComparisonExplanation, speech: Speech) -> Iterator[str]:
    for line in made.same:
        yield from wrapped(speech.say("compare.count", count=line.count, words=line.words), "  ")
        for title in line.titles:
            yield from wrapped(title, "      ")


def wrapped(text: str, indent: str) -> list[str]:
    """Return a text in lines of the terminal's width."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "   ", break_long_words=False
    )
