"""What the city may say, in lines: the answer, the paragraph, the words, what to name, the law."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import part, section, wrapped
from offsetcheck.report.saying import quoted, said_day, say
from offsetcheck.report.signs import allowed_sign, verdict_sign
from offsetcheck.report.values import guide_words
from offsetcheck.vocabulary.claim_statement import ClaimRuling, ClaimStatement

Words = Mapping[str, str]


def lines(explained: ClaimStatement, words: Words) -> Iterator[str]:
    """Yield the answer and why, the paragraph in each language, each kind of words, and the law."""
    yield say(words, "claims.heading", city=explained.city, day=said_day(explained.as_of, words))
    yield from wrapped(explained.title)
    for title, text in (
        (words["claims.wanted"], explained.wanted_words),
        (words["claims.channel"], explained.channel_words),
        (words["claims.result"], explained.may_words),
    ):
        yield from wrapped(f"{title}: {text}")
    yield from section(words["claims.why_title"], explained.why)
    yield from part(words["claims.paragraph_title"], _paragraphs(explained))
    yield from part(words["claims.words_title"], _rulings(explained, words))
    named = (f"{one.title}: {one.words}" for one in explained.to_name)
    yield from section(words["claims.name_title"], named)
    yield from part(words["claims.lots_title"], _lots(explained))
    left = (f"{one.name} ({one.id}): {one.reason}" for one in explained.left_out)
    yield from section(words["claims.left_out_title"], left)
    yield from part(words["claims.laws_title"], _laws(explained))


def _paragraphs(explained: ClaimStatement) -> Iterator[str]:
    yield from wrapped(explained.draft_words, "  ", "")
    yield from wrapped(explained.tonnes_note, "  ", "")
    for one in explained.paragraphs:
        yield ""
        yield f"  [{one.language}]"
        yield from wrapped(one.text or one.missing, "  ", "")


def _rulings(explained: ClaimStatement, words: Words) -> Iterator[str]:
    for one in explained.rulings:
        yield from wrapped(f"{allowed_sign(one.allowed)} {_kind(one, words)}", "  ")
        if not one.allowed:
            rule = f" ({one.rule_words})" if one.rule_words else ""
            yield from wrapped(f"{one.reason}{rule}{guide_words(one.source)}", "      ", "")
            yield from wrapped(say(words, "claims.write", words=one.instead), "      ", "")


def _kind(one: ClaimRuling, words: Words) -> str:
    said = {True: words["claims.yes"], False: words["claims.no"], None: words["claims.open"]}
    listed = ", ".join(quoted(text, words) for text in one.examples)
    examples = f" ({say(words, 'claims.examples', list=listed)})" if listed else ""
    return f"{one.words}: {said[one.allowed]}{examples}"


def _lots(explained: ClaimStatement) -> Iterator[str]:
    for lot in explained.lots:
        sign = verdict_sign(lot.verdict)
        facts = f"{lot.tonnes_words}, {lot.vintage}, {lot.programme}, {lot.country}"
        yield from wrapped(f"{sign} {lot.name} ({lot.id}): {facts}; {lot.mechanism}", "  ")


def _laws(explained: ClaimStatement) -> Iterator[str]:
    for law in explained.laws:
        yield from wrapped(f"{law.about}: {law.words}{guide_words(law.source)}", "  ")
