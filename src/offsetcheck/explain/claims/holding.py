"""The words, figures and names of one sentence, each held against what may be said and is known."""

from collections.abc import Iterator
from dataclasses import dataclass

from offsetcheck.explain.claims.chosen import NOTHING, ClaimBasis
from offsetcheck.explain.claims.known import Known
from offsetcheck.explain.claims.matching import (
    Hit,
    Words,
    clause_before,
    clause_text,
    says_any,
    speaks_of_future,
    words_of,
)
from offsetcheck.explain.claims.numbers import shares_in, tonnes_in, years_in
from offsetcheck.explain.claims.rulings import FUTURE, PRODUCT, PRODUCT_CLAIM, instead
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.rules import source as source_of
from offsetcheck.rulebook.lexicon.model import Lexicon, LexiconFile
from offsetcheck.vocabulary.claim_kind import BALANCE, PLAIN, ClaimKind, Said
from offsetcheck.vocabulary.claim_statement import ClaimRuling, LintHit

ABSOLUTE = BALANCE | {ClaimKind.EMISSION_FREE, ClaimKind.POSITIVE}
"""Words that a promise can be about, and that say most where they are said of a product."""

DATED = BALANCE | {ClaimKind.CONTRIBUTION, ClaimKind.RETIRED, ClaimKind.CREDIT}
COUNTED = DATED | {ClaimKind.WHOLE, ClaimKind.REMOVAL, ClaimKind.PERMANENCE}
SHOWN_FIGURES = 8


@dataclass(frozen=True)
class Bench:
    """What a sentence is held against.

    `removals_named`: the text says of how many tonnes it is true that they were removed.
    """

    chosen: ClaimBasis
    lexicon: Lexicon
    rulings: dict[str, ClaimRuling]
    known: Known
    removals_named: bool = False

    @property
    def wording(self) -> Wording:
        """The words of the reader."""
        return self.chosen.setting.wording


@dataclass(frozen=True)
class _Case:
    """One sentence with its words and the hits that it claims itself."""

    text: str
    words: Words
    hits: tuple[Hit, ...]
    lexicons: tuple[LexiconFile, ...]
    bench: Bench

    @property
    def claimed(self) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.hits if hit.claimed)

    def claims(self, kinds: frozenset[ClaimKind]) -> bool:
        return any(hit.kind in kinds for hit in self.claimed)

    def speaks_of(self, kinds: frozenset[ClaimKind]) -> bool:
        return any(hit.kind in kinds for hit in self.hits)


def held(
    text: str, hits: tuple[Hit, ...], lexicons: tuple[LexiconFile, ...], bench: Bench
) -> tuple[LintHit, ...]:
    """Return what is said of a sentence's words, figures and names, each once."""
    case = _Case(text, words_of(text), hits, lexicons, bench)
    found = [*_claims(case), *_figures(case), *_names(case)]
    return tuple({(one.kind, one.reason): one for one in reversed(found)}.values())[::-1]


def _claims(case: _Case) -> Iterator[LintHit]:
    for hit in case.claimed:
        if case.bench.chosen.surest == NOTHING and hit.kind is ClaimKind.CONTRIBUTION:
            yield _nothing(hit, case.bench)
        elif hit.kind in PLAIN or (hit.kind is ClaimKind.WHOLE and not case.claims(BALANCE)):
            continue
        elif hit.kind in ABSOLUTE and _is_promise(hit, case):
            yield _promise(hit, case)
        elif hit.kind is ClaimKind.REMOVAL and _counts_removals(case):
            continue
        else:
            yield _ruled(hit, case.bench.rulings[hit.kind.value])
    product = next((hit for hit in case.hits if hit.kind is ClaimKind.PRODUCT), None)
    if product is not None and case.claims(ABSOLUTE):
        yield _ruled(product, case.bench.rulings[PRODUCT_CLAIM])


def _counts_removals(case: _Case) -> bool:
    """Whether the tonnes that a sentence says were removed are those that were.

    One without a figure may speak of them where the text has named them.
    """
    amounts = tuple(tonnes_in(case.text, case.lexicons))
    if not amounts:
        return case.bench.removals_named
    return any(amount.is_one_of(case.bench.known.removals) for amount in amounts)


def _nothing(hit: Hit, bench: Bench) -> LintHit:
    ruling = bench.rulings[ClaimKind.OFFSET.value]
    return _ruled(hit, ruling.model_copy(update={"kind": hit.kind.value, "allowed": False}))


def _ruled(hit: Hit, ruling: ClaimRuling) -> LintHit:
    said = {True: Said.OK, None: Said.MORE_THAN_KNOWN, False: Said.NOT_ALLOWED}[ruling.allowed]
    return LintHit(
        kind=ruling.kind,
        said=said.value,
        words=hit.text,
        start=hit.start,
        end=hit.end,
        reason=ruling.reason,
        rule=ruling.rule,
        rule_words=ruling.rule_words,
        source=ruling.source,
        instead=ruling.instead,
    )


def _is_promise(hit: Hit, case: _Case) -> bool:
    """Whether a hit is about the future: by the words of its clause, or by a year to come.

    The year may stand in the clause before, as in `By 2035, the city is neutral`.
    """
    return bool(_later_years(hit, case)) or speaks_of_future(case.words, hit, case.lexicons)


def _later_years(hit: Hit, case: _Case) -> tuple[int, ...]:
    today = case.bench.chosen.setting.bound.as_of.year
    clauses = (clause_text(case.words, hit), clause_before(case.words, hit))
    years = (year for clause in clauses for year in years_in(clause, case.lexicons))
    return tuple(year for year in years if year > today)


def _promise(hit: Hit, case: _Case) -> LintHit:
    """Return what is said of a promise: of a product by its rule, of a city by its own target."""
    bench, wording = case.bench, case.bench.wording
    ruling = bench.rulings[FUTURE]
    sells = any(one.kind is ClaimKind.PRODUCT for one in case.hits)
    if sells or bench.chosen.facts.get("claim_channel") == PRODUCT:
        return _ruled(hit, ruling)
    target, years = bench.known.target_year, _later_years(hit, case)
    if hit.kind is ClaimKind.NEUTRALITY and target in years:
        own = wording.word("claims.target.own", year=target, city=wording.city())
        return _ruled(hit, _city_promise(ruling, own, allowed=True))
    key = "claims.target.other" if target is not None else "claims.target.none"
    if hit.kind is ClaimKind.OFFSET:
        key = "claims.target.offset"
    reason = wording.word(key, year=target, city=wording.city())
    return _ruled(hit, _city_promise(ruling, reason, allowed=None))


def _city_promise(ruling: ClaimRuling, reason: str, *, allowed: bool | None) -> ClaimRuling:
    """Return the ruling on a promise as one on a city's own target, of which no law here speaks."""
    new = {"allowed": allowed, "reason": reason, "rule": None, "rule_words": "", "source": None}
    return ruling.model_copy(update=new)


def _figures(case: _Case) -> Iterator[LintHit]:
    bench, wording = case.bench, case.bench.wording
    for amount in tonnes_in(case.text, case.lexicons):
        if not amount.is_one_of(bench.known.tonnes):
            figures = [wording.tonnes(one) for one in bench.known.tonnes[:SHOWN_FIGURES]]
            yield _unknown("tonnes", amount.text, wording.joined(figures), bench)
    if case.speaks_of(DATED):
        yield from _years(case)
    if case.claims(COUNTED):
        for share in shares_in(case.text):
            if not share.is_one_of(bench.known.shares) and not _is_whole(share.text, case):
                known = [wording.percent(one) for one in dict.fromkeys(bench.known.shares)]
                listed = wording.joined(known[:SHOWN_FIGURES])
                yield _unknown("share", share.text, listed, bench)


def _is_whole(written: str, case: _Case) -> bool:
    """Whether a share is told already by a hit around it, as in `100 percent of`."""
    return any(written in hit.text for hit in case.claimed)


def _years(case: _Case) -> Iterator[LintHit]:
    bench = case.bench
    promised = {
        year
        for hit in case.claimed
        if hit.kind in ABSOLUTE and _is_promise(hit, case)
        for year in (*_later_years(hit, case), *years_in(clause_text(case.words, hit)))
    }
    for year in years_in(case.text, case.lexicons):
        if year not in bench.known.years | promised:
            known = bench.wording.joined([str(one) for one in sorted(bench.known.years)])
            yield _unknown("year", str(year), known, bench)


def _unknown(kind: str, text: str, listed: str, bench: Bench) -> LintHit:
    reason = bench.wording.word(f"claims.unknown.{kind}", words=text, list=listed)
    return LintHit(
        kind=kind, said=Said.MORE_THAN_KNOWN.value, words=text, start=None, end=None, reason=reason
    )


def _names(case: _Case) -> Iterator[LintHit]:
    bench, wording = case.bench, case.bench.wording
    for lot in bench.known.other_offers(case.text):
        key = "claims.unknown.refused" if lot.is_refused else "claims.unknown.offer"
        said = Said.NOT_ALLOWED if lot.is_refused else Said.MORE_THAN_KNOWN
        verdict = lot.explained.verdict.words
        reason = wording.word(key, words=lot.explained.offer.name, verdict=verdict)
        yield LintHit(
            kind="offer", said=said.value, words=lot.id, start=None, end=None, reason=reason
        )
    if case.hits:
        for title in bench.known.other_programmes(case.text):
            yield _unknown("programme", title, bench.known.programmes_words(), bench)
    yield from _standards(case)


def _standards(case: _Case) -> Iterator[LintHit]:
    wording = case.bench.wording
    for standard in case.bench.lexicon.standards:
        if case.hits and says_any(case.words, standard.patterns):
            says = wording.known(standard.says)
            reason = wording.word("claims.unknown.standard", words=standard.name, says=says)
            source = source_line(source_of(standard.source), wording)
            yield LintHit(
                kind="standard",
                said=Said.MORE_THAN_KNOWN.value,
                words=standard.name,
                start=None,
                end=None,
                reason=reason,
                source=source,
                instead=instead(ClaimKind.CERTIFIED.value, case.bench.chosen),
            )
