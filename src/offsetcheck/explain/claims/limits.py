"""Why less may be said than is wanted: what the purchase, its offers and their rules leave."""

from collections.abc import Iterator
from dataclasses import dataclass

from offsetcheck.explain.claims.chosen import (
    CONTRIBUTION,
    NEUTRAL,
    PERMANENT_WORD,
    ClaimBasis,
    ClaimOffer,
)
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import Source
from offsetcheck.vocabulary.assessment import PurchaseVerdict
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.explained import SourceLine
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status

LIMITS = frozenset({Status.NOT_MET, Status.NOT_DEMONSTRATED, Status.OPEN, Status.NEEDS_PERSON})


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with the rule and the source behind it."""

    reason: str
    rule: str | None
    source: SourceLine


def own_reading(wording: Wording) -> SourceLine:
    """Return the source line of what no guide says and we set ourselves."""
    return source_line(Source(standing=Standing.DESIGN), wording)


def limits_of(chosen: ClaimBasis) -> tuple[Why, ...]:
    """Return why less may be said than an offset, or less than is wanted; the first weighs most."""
    return tuple(dict.fromkeys(_limits(chosen)))


def _limits(chosen: ClaimBasis) -> Iterator[Why]:
    wording = chosen.setting.wording
    own = own_reading(wording)
    if not chosen.lots:
        yield Why(wording.word("claims.why.no_lots"), None, own)
    for lot in chosen.lots:
        if lot.is_refused:
            reason = lot.explained.reasons[0].short if lot.explained.reasons else ""
            said = wording.word("claims.why.refused", offer=lot_name(lot), reason=reason)
            yield Why(said, None, own)
    if chosen.purchase.verdict.verdict == PurchaseVerdict.NOT_READY.value:
        yield Why(wording.word("claims.why.not_ready"), None, own)
    if chosen.wanted is None:
        yield Why(wording.word("claims.why.nothing_wanted"), None, own)
    elif chosen.wanted == CONTRIBUTION:
        yield Why(wording.word("claims.why.contribution_wanted"), None, own)
    yield from (of_line(x, x.fails or x.title) for x in _limiting(chosen.purchase.findings))
    yield from _of_lots(chosen)
    yield from _rest(chosen, own)


def _of_lots(chosen: ClaimBasis) -> Iterator[Why]:
    """Yield each rule that limits the claim of lots, once, with the lots that it limits."""
    found: dict[str, tuple[FindingLine, list[str]]] = {}
    for lot in chosen.lots:
        for line in _limiting(lot.explained.findings):
            if line.rule != PERMANENT_WORD:
                found.setdefault(line.rule, (line, []))[1].append(lot_name(lot))
    for line, names in found.values():
        if len(names) == 1 and len(chosen.lots) == 1:
            yield of_line(line, line.unknown or line.fails or line.title)
            continue
        said = {"title": line.title, "status": line.status_words, "list": "; ".join(names)}
        yield of_line(line, chosen.setting.wording.word("claims.why.lots", **said))


def _rest(chosen: ClaimBasis, own: SourceLine) -> Iterator[Why]:
    """Yield that the lots are fewer tonnes than remain, where a neutral claim is wanted."""
    if chosen.wanted != NEUTRAL or chosen.is_covered or not chosen.lots:
        return
    wording, rest = chosen.setting.wording, chosen.number("residual_tonnes")
    if rest is None:
        yield Why(wording.word("claims.why.rest_unknown"), None, own)
        return
    said = {"tonnes": wording.tonnes(chosen.tonnes), "rest": wording.tonnes(rest)}
    yield Why(wording.word("claims.why.not_covered", **said), None, own)


def _limiting(lines: tuple[FindingLine, ...]) -> Iterator[FindingLine]:
    for line in lines:
        if line.effect == Effect.CLAIM_LIMIT.value and line.status in LIMITS:
            yield line


def of_line(line: FindingLine, reason: str) -> Why:
    """Return a finding as a reason, with its rule and the first text that this cites."""
    return Why(reason, line.rule, line.sources[0])


def lot_name(lot: ClaimOffer) -> str:
    """Return an offer's name with its id."""
    return f"{lot.explained.offer.name} ({lot.id})"


def wanted_words(chosen: ClaimBasis) -> str:
    """Return the claim that is wanted, in words."""
    wording = chosen.setting.wording
    if chosen.wanted is None:
        return wording.word("claims.no_claim")
    return wording.value("purchase.claim", chosen.wanted)


def channel_words(chosen: ClaimBasis) -> str:
    """Return what the claim is about, in words."""
    wording, channel = chosen.setting.wording, chosen.facts.get("claim_channel")
    if channel is None:
        return wording.word("claims.no_channel")
    return wording.value("purchase.claim_channel", channel)
