"""Which words may be used, which not, and why: one ruling for each kind of claim."""

from collections.abc import Iterator
from dataclasses import dataclass

from offsetcheck.explain.claims.chosen import (
    CONTRIBUTION,
    NEUTRAL,
    NOTHING,
    OFFSET,
    PERMANENT_WORD,
    Chosen,
    Lot,
)
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import Source
from offsetcheck.rulebook.binding.rules import source as source_of
from offsetcheck.rulebook.lexicon.model import Lexicon
from offsetcheck.vocabulary.assessment import PurchaseVerdict
from offsetcheck.vocabulary.claim_kind import ClaimKind
from offsetcheck.vocabulary.claim_statement import ClaimRuling
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.explained import SourceLine
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status

FUTURE, PRODUCT_CLAIM = "future", "product_claim"
FUTURE_RULE, PRODUCT_RULE = "claim.future_promise", "claim.product_channel"
NET_ZERO_RULE = "claim.net_zero_words"
PRODUCT = "product"
LIMITS = frozenset({Status.NOT_MET, Status.NOT_DEMONSTRATED, Status.OPEN, Status.NEEDS_PERSON})
SHOWN_EXAMPLES = 3
JUDGED_BY_NOBODY = (ClaimKind.EMISSION_FREE, ClaimKind.POSITIVE, ClaimKind.GUILT_FREE)
MORE_THAN_JUDGED = (ClaimKind.COMPARATIVE, ClaimKind.VAGUE, ClaimKind.CERTIFIED)


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with the rule and the source behind it."""

    reason: str
    rule: str | None
    source: SourceLine


def own_reading(wording: Wording) -> SourceLine:
    """Return the source line of what no guide says and we set ourselves."""
    return source_line(Source(standing=Standing.DESIGN), wording)


def limits_of(chosen: Chosen) -> tuple[Why, ...]:
    """Return why less may be said than an offset, or less than is wanted; the first weighs most."""
    return tuple(dict.fromkeys(_limits(chosen)))


def _limits(chosen: Chosen) -> Iterator[Why]:
    wording = chosen.setting.wording
    own = own_reading(wording)
    if not chosen.lots:
        yield Why(wording.word("claims.why.no_lots"), None, own)
    for lot in chosen.lots:
        if lot.is_refused:
            reason = lot.explained.reasons[0].short if lot.explained.reasons else ""
            said = wording.word("claims.why.refused", offer=_name(lot), reason=reason)
            yield Why(said, None, own)
    if chosen.purchase.verdict.verdict == PurchaseVerdict.NOT_READY.value:
        yield Why(wording.word("claims.why.not_ready"), None, own)
    if chosen.wanted is None:
        yield Why(wording.word("claims.why.nothing_wanted"), None, own)
    elif chosen.wanted == CONTRIBUTION:
        yield Why(wording.word("claims.why.contribution_wanted"), None, own)
    yield from (_of_line(x, x.fails or x.title) for x in _limiting(chosen.purchase.findings))
    yield from _of_lots(chosen)
    yield from _rest(chosen, own)


def _of_lots(chosen: Chosen) -> Iterator[Why]:
    """Yield each rule that limits the claim of lots, once, with the lots that it limits."""
    found: dict[str, tuple[FindingLine, list[str]]] = {}
    for lot in chosen.lots:
        for line in _limiting(lot.explained.findings):
            if line.rule != PERMANENT_WORD:
                found.setdefault(line.rule, (line, []))[1].append(_name(lot))
    for line, names in found.values():
        if len(names) == 1 and len(chosen.lots) == 1:
            yield _of_line(line, line.unknown or line.fails or line.title)
            continue
        said = {"title": line.title, "status": line.status_words, "list": "; ".join(names)}
        yield _of_line(line, chosen.setting.wording.word("claims.why.lots", **said))


def _rest(chosen: Chosen, own: SourceLine) -> Iterator[Why]:
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


def _of_line(line: FindingLine, reason: str) -> Why:
    return Why(reason, line.rule, line.sources[0])


def _name(lot: Lot) -> str:
    return f"{lot.explained.offer.name} ({lot.id})"


def rulings_of(chosen: Chosen, lexicon: Lexicon) -> dict[str, ClaimRuling]:
    """Return a ruling for each kind of claim that words can make, by kind."""
    limits = limits_of(chosen)
    made = [
        _balance(ClaimKind.NEUTRALITY.value, (NEUTRAL,), chosen, limits),
        _net_zero(chosen),
        _balance(ClaimKind.OFFSET.value, (NEUTRAL, OFFSET), chosen, limits),
        _balance(ClaimKind.WHOLE.value, (NEUTRAL,), chosen, limits),
        _removal(chosen),
        _permanence(chosen),
        *(_plain(kind.value, chosen, allowed=False) for kind in JUDGED_BY_NOBODY),
        *(_plain(kind.value, chosen, allowed=None) for kind in MORE_THAN_JUDGED),
        _product(chosen, lexicon, limits),
        _future(chosen, lexicon),
    ]
    return {kind: _ruling(kind, allowed, why, chosen, lexicon) for kind, allowed, why in made}


Judged = tuple[str, bool | None, Why]


def _balance(
    kind: str, levels: tuple[str, ...], chosen: Chosen, limits: tuple[Why, ...]
) -> Judged:
    wording = chosen.setting.wording
    if chosen.surest in levels or (kind == ClaimKind.WHOLE.value and _covers_as_offset(chosen)):
        said = wording.word("claims.why.allowed")
        return kind, True, Why(said, None, own_reading(wording))
    if chosen.surest in {NEUTRAL, OFFSET} and not limits:
        said = wording.word("claims.why.less_wanted", wanted=wanted_words(chosen))
        return kind, False, Why(said, None, own_reading(wording))
    allowed = None if chosen.widest in levels else False
    return kind, allowed, limits[0] if limits else _nobody(kind, chosen)


def _covers_as_offset(chosen: Chosen) -> bool:
    return chosen.surest == OFFSET and chosen.is_covered


def wanted_words(chosen: Chosen) -> str:
    """Return the claim that is wanted, in words."""
    wording = chosen.setting.wording
    if chosen.wanted is None:
        return wording.word("claims.no_claim")
    return wording.value("purchase.claim", chosen.wanted)


def _net_zero(chosen: Chosen) -> Judged:
    kind = ClaimKind.NET_ZERO.value
    line = next((x for x in chosen.purchase.findings if x.rule == NET_ZERO_RULE), None)
    is_met = line is not None and line.status is Status.MET
    if line is not None and is_met and chosen.surest == NEUTRAL:
        return kind, True, _of_line(line, line.requires)
    if line is not None and line.status in LIMITS:
        return kind, False, _of_line(line, line.unknown or line.fails or line.title)
    return kind, False, _nobody(kind, chosen)


def _removal(chosen: Chosen) -> Judged:
    kind, wording = ClaimKind.REMOVAL.value, chosen.setting.wording
    found = chosen.mechanisms()
    own = own_reading(wording)
    if found == {"removal"}:
        return kind, True, Why(wording.word("claims.why.all_removed"), None, own)
    if found and found <= {"reduction"}:
        return kind, False, Why(wording.word("claims.why.none_removed"), None, own)
    removed = sum(lot.tonnes for lot in chosen.lots if chosen.mechanism(lot) == "removal")
    said = {"tonnes": wording.tonnes(removed), "all": wording.tonnes(chosen.tonnes)}
    allowed = None if chosen.lots else False
    return kind, allowed, Why(wording.word("claims.why.partly_removed", **said), None, own)


def _permanence(chosen: Chosen) -> Judged:
    kind, wording = ClaimKind.PERMANENCE.value, chosen.setting.wording
    found = [(lot, chosen.permanent(lot)) for lot in chosen.lots]
    if found and all(permanent for _, permanent in found):
        line = _permanent_line(chosen.lots[0])
        if line is not None:
            return kind, True, _of_line(line, line.requires)
    barring = [lot for lot, permanent in found if not permanent]
    allowed = False if not found or any(p is False for _, p in found) else None
    said = wording.word("claims.why.not_permanent", list="; ".join(map(_name, barring)))
    line = next((x for x in map(_permanent_line, barring) if x is not None), None)
    if line is None:
        return kind, allowed, Why(said, None, own_reading(wording))
    return kind, allowed, Why(said, line.rule, line.sources[0])


def _permanent_line(lot: Lot) -> FindingLine | None:
    return next((x for x in lot.explained.findings if x.rule == PERMANENT_WORD), None)


def _plain(kind: str, chosen: Chosen, *, allowed: bool | None) -> Judged:
    return kind, allowed, _nobody(kind, chosen)


def _nobody(kind: str, chosen: Chosen) -> Why:
    wording = chosen.setting.wording
    said = wording.word("claims.why.nobody", kind=wording.word(f"claims.kind.{kind}"))
    return Why(said, None, own_reading(wording))


def _product(chosen: Chosen, lexicon: Lexicon, limits: tuple[Why, ...]) -> Judged:
    """Return whether a product may be called neutral or offset: only where that was judged."""
    wording = chosen.setting.wording
    laws = lexicon.of_place(chosen.setting.bound.city.jurisdictions, PRODUCT)
    line = next((x for x in chosen.purchase.findings if x.rule == PRODUCT_RULE), None)
    if chosen.facts.get("claim_channel") == PRODUCT:
        allowed = True if chosen.surest in {NEUTRAL, OFFSET} else False
        said = wording.word("claims.why.allowed")
        why = limits[0] if limits and not allowed else Why(said, None, own_reading(wording))
        if line is not None and line.status in LIMITS:
            why = _of_line(line, line.unknown or line.fails or line.title)
        return PRODUCT_CLAIM, allowed, why
    said = wording.word("claims.why.no_product", channel=channel_words(chosen))
    if not laws:
        return PRODUCT_CLAIM, False, Why(said, None, own_reading(wording))
    law = laws[0]
    said = wording.word("claims.why.no_product_law", said=said, law=wording.pick(law.says))
    source = source_line(source_of(law.source), wording)
    return PRODUCT_CLAIM, False, Why(said, PRODUCT_RULE if line else None, source)


def channel_words(chosen: Chosen) -> str:
    """Return what the claim is about, in words."""
    wording, channel = chosen.setting.wording, chosen.facts.get("claim_channel")
    if channel is None:
        return wording.word("claims.no_channel")
    return wording.value("purchase.claim_channel", channel)


def _future(chosen: Chosen, lexicon: Lexicon) -> Judged:
    """Return whether the credits bear a promise about the future: never, at most a plan does."""
    wording = chosen.setting.wording
    line = next((x for x in chosen.purchase.findings if x.rule == FUTURE_RULE), None)
    if line is not None and line.status is Status.MET:
        return FUTURE, True, _of_line(line, line.requires)
    said = wording.word("claims.why.future")
    if line is not None and line.status in LIMITS:
        return FUTURE, False, _of_line(line, line.unknown or line.fails or said)
    laws = lexicon.of_place(chosen.setting.bound.city.jurisdictions, FUTURE)
    if not laws:
        return FUTURE, None, Why(said, None, own_reading(wording))
    source = source_line(source_of(laws[0].source), wording)
    said = wording.word("claims.why.future_law", said=said, law=wording.pick(laws[0].says))
    return FUTURE, None, Why(said, None, source)


def _ruling(
    kind: str, allowed: bool | None, why: Why, chosen: Chosen, lexicon: Lexicon
) -> ClaimRuling:
    wording = chosen.setting.wording
    return ClaimRuling(
        kind=kind,
        words=wording.word(f"claims.kind.{kind}"),
        examples=_examples(kind, chosen, lexicon),
        allowed=allowed,
        reason=why.reason,
        rule=why.rule,
        source=why.source,
        instead="" if allowed else instead(kind, chosen),
    )


def instead(kind: str, chosen: Chosen) -> str:
    """Return what to write instead of words of a kind."""
    wording = chosen.setting.wording
    if chosen.surest == NOTHING:
        return wording.word("claims.instead_nothing")
    if kind in {ClaimKind.NEUTRALITY.value, ClaimKind.WHOLE.value, ClaimKind.OFFSET.value}:
        level = CONTRIBUTION if chosen.surest == CONTRIBUTION else OFFSET
        return wording.word(f"claims.instead_balance.{level}")
    return wording.word(f"claims.instead.{kind}")


def _examples(kind: str, chosen: Chosen, lexicon: Lexicon) -> tuple[str, ...]:
    if kind == FUTURE:
        return ()
    word = ClaimKind.PRODUCT if kind == PRODUCT_CLAIM else ClaimKind(kind)
    languages = dict.fromkeys((*chosen.setting.bound.city.languages, "en"))
    shown = (
        lexicon.languages[name].of(word).shown[:SHOWN_EXAMPLES]
        for name in languages
        if name in lexicon.languages
    )
    return tuple(dict.fromkeys(text for texts in shown for text in texts))


