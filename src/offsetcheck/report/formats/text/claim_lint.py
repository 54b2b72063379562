"""A text held against what the city may say, in lines: each sentence, then what is missing."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import part, wrapped
from offsetcheck.report.saying import quoted, said_day, say
from offsetcheck.report.signs import said_sign
from offsetcheck.report.values import guide_words
from offsetcheck.vocabulary.claim_kind import Said
from offsetcheck.vocabulary.claim_statement import ClaimLint, LintHit, LintSentence

Words = Mapping[str, str]


def lines(explained: ClaimLint, words: Words) -> Iterator[str]:
    """Yield each sentence with its line and what is wrong with it, then what is not named."""
    said = {"file": explained.file, "city": explained.city, "day": said_day(explained.as_of, words)}
    yield say(words, "claims.lint_heading", **said)
    yield from wrapped(f"{words['claims.result']} {explained.may_words}")
    yield from wrapped(explained.summary)
    found = (line for one in explained.sentences for line in _sentence(one, words))
    yield from part(words["claims.sentences_title"], found)
    missing = [f"{one.title}: {one.words}" for one in explained.missing]
    listed = missing or [words["claims.missing_none"]]
    yield from part(
        words["claims.missing_title"], (line for text in listed for line in wrapped(text, "  "))
    )


def _sentence(one: LintSentence, words: Words) -> Iterator[str]:
    where = say(words, "claims.line", line=one.line)
    head = f"{said_sign(one.said)} {one.number}. {where}: {one.said_words}"
    yield from wrapped(f"{head}: {one.text}", "  ")
    for hit in one.hits:
        if hit.said != Said.OK.value:
            yield from _hit(hit, words)


def _hit(hit: LintHit, words: Words) -> Iterator[str]:
    rule = f" ({hit.rule_words})" if hit.rule_words else ""
    yield from wrapped(
        f"{quoted(hit.words, words)}: {hit.reason}{rule}{guide_words(hit.source)}", "       ", "  "
    )
    if hit.instead:
        yield from wrapped(say(words, "claims.write", words=hit.instead), "         ", "")
