"""How far answers hang on numbers, in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import part, wrapped
from offsetcheck.vocabulary.sensitivity import SensitivityExplanation, SweepLine

Words = Mapping[str, str]


def lines(explained: SensitivityExplanation, words: Words) -> Iterator[str]:
    """Yield what turns answers, then how the order of bidders holds."""
    yield from wrapped(explained.title)
    yield from wrapped(explained.summary)
    yield from wrapped(explained.knife_words)
    if explained.lines:
        told = (line for one in explained.lines for line in _line(one, words))
        yield from part(words["sensitivity.lines"], told)
    yield from wrapped(explained.quiet_words, "  ")
    yield from part(words["sensitivity.order_title"], wrapped(explained.order_words, "  "))
    for bidder in explained.bidders:
        yield from wrapped(f"{bidder.place:3}. {bidder.id}  {bidder.name}", "  ", "       ")
        yield f"       {bidder.words}"


def _line(one: SweepLine, words: Words) -> Iterator[str]:
    mark = f" [{words['sensitivity.knife']}]" if one.knife_edge else ""
    named = f" ({one.rule})" if one.rule else ""
    yield from wrapped(f"{one.title}{named}", "  ")
    yield from wrapped(f"{one.what}, {one.current_words}{mark}", "      ")
    yield from wrapped(
        "; ".join(point.words for point in one.points if point.verdicts or point.grades), "      "
    )
