"""An offer as it stands and as it would be, in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import part, section, wrapped
from offsetcheck.report.saying import say
from offsetcheck.report.signs import verdict_sign
from offsetcheck.vocabulary.offer_change import SideLine, SupposedExplanation

Words = Mapping[str, str]


def lines(explained: SupposedExplanation, words: Words) -> Iterator[str]:
    """Yield what is supposed, what comes of it, and which requirements come out otherwise."""
    yield say(words, "supposed.heading", name=f"{explained.id} {explained.name}")
    said = (
        say(words, "supposed.field", title=f.title, after=f.after, before=f.before, grade=f.grade)
        for f in explained.supposed
    )
    yield from section(words["supposed.set"], said)
    yield ""
    yield from wrapped(explained.summary)
    yield from part(words["supposed.stands"], side(explained.before))
    yield from part(words["supposed.would"], side(explained.after))
    yield from section(words["supposed.turned_rules"], (line.words for line in explained.turned))


def side(line: SideLine) -> Iterator[str]:
    """Yield what is said of an offer on one side."""
    yield f"  {verdict_sign(line.verdict)} {line.verdict_words}"
    yield from wrapped(line.grade_words, "  ")
    yield from wrapped(f"{line.tonnes_words}, {line.price_words}", "  ")
    yield from wrapped(line.claim_words, "  ")
    for text in line.reasons:
        yield from wrapped(f"- {text}", "  ", "  ")
