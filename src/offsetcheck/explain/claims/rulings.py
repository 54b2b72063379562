"""Which words may be used, which not, and why: one ruling for each kind of claim."""

from offsetcheck.explain.claims.chosen import (
    CONTRIBUTION,
    NEUTRAL,
    NOTHING,
    OFFSET,
    PERMANENT_WORD,
    ClaimBasis,
    ClaimOffer,
)
from offsetcheck.explain.claims.limits import (
    LIMITS,
    Why,
    channel_words,
    limits_of,
    lot_name,
    of_line,
    own_reading,
    wanted_words,
)
from offsetcheck.explain.sources import source_line
from offsetcheck.rulebook.binding.rules import source as source_of
from offsetcheck.rulebook.lexicon.model import Lexicon
from offsetcheck.vocabulary.claim_kind import ClaimKind
from offsetcheck.vocabulary.claim_statement import ClaimRuling
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status

FUTURE, PRODUCT_CLAIM = "future", "product_claim"
FUTURE_RULE, PRODUCT_RULE = "claim.future_promise", "claim.product_channel"
NET_ZERO_RULE = "claim.net_zero_words"
PRODUCT = "product"
SHOWN_EXAMPLES = 3
JUDGED_BY_NOBODY = (ClaimKind.EMISSION_FREE, ClaimKind.POSITIVE, ClaimKind.GUILT_FREE)
MORE_THAN_JUDGED = (ClaimKind.COMPARATIVE, ClaimKind.VAGUE, ClaimKind.CERTIFIED)


def rulings_of(chosen: ClaimBasis, lexicon: Lexicon) -> dict[str, ClaimRuling]:
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
    kind: str, levels: tuple[str, ...], chosen: ClaimBasis, limits: tuple[Why, ...]
) -> Judged:
    wording = chosen.setting.wording
    if chosen.surest in levels or (kind == ClaimKind.WHOLE.value and _covers_as_offset(chosen)):
        said = wording.word("claims.why.allowed")
        return kind, True, Why(said, None, own_reading(wording))
    if chosen.surest in {NEUTRAL, OFFSET} and not limits:
        said = wording.word("claims.why.less_wanted", wanted=wanted_words(chosen))
        return kind, False, Why(said, None, own_reading(wording))
    allowed = None if chosen.widest in levels else False
    return kind, allowed, limits[0] if limits else _nobody(chosen)


def _covers_as_offset(chosen: ClaimBasis) -> bool:
    return chosen.surest == OFFSET and chosen.is_covered


def _net_zero(chosen: ClaimBasis) -> Judged:
    kind = ClaimKind.NET_ZERO.value
    line = next((x for x in chosen.purchase.findings if x.rule == NET_ZERO_RULE), None)
    is_met = line is not None and line.status is Status.MET
    if line is not None and is_met and chosen.surest == NEUTRAL:
        return kind, True, of_line(line, line.requires)
    if line is not None and line.status in LIMITS:
        return kind, False, of_line(line, line.unknown or line.fails or line.title)
    return kind, False, _nobody(chosen)


def _no_lots(chosen: ClaimBasis) -> Why:
    wording = chosen.setting.wording
    return Why(wording.word("claims.why.no_lots"), None, own_reading(wording))


def _removal(chosen: ClaimBasis) -> Judged:
    kind, wording = ClaimKind.REMOVAL.value, chosen.setting.wording
    if not chosen.lots:
        return kind, False, _no_lots(chosen)
    found = chosen.mechanisms()
    own = own_reading(wording)
    if found == {"removal"}:
        return kind, True, Why(wording.word("claims.why.all_removed"), None, own)
    if found and found <= {"reduction"}:
        return kind, False, Why(wording.word("claims.why.none_removed"), None, own)
    removed = sum(lot.tonnes for lot in chosen.lots if chosen.mechanism(lot) == "removal")
    said = {"tonnes": wording.tonnes(removed), "all": wording.tonnes(chosen.tonnes)}
    return kind, None, Why(wording.word("claims.why.partly_removed", **said), None, own)


def _permanence(chosen: ClaimBasis) -> Judged:
    kind, wording = ClaimKind.PERMANENCE.value, chosen.setting.wording
    if not chosen.lots:
        return kind, False, _no_lots(chosen)
    found = [(lot, chosen.permanent(lot)) for lot in chosen.lots]
    if all(permanent for _, permanent in found):
        line = _permanent_line(chosen.lots[0])
        if line is not None:
            return kind, True, of_line(line, line.requires)
    barring = [lot for lot, permanent in found if not permanent]
    allowed = False if any(p is False for _, p in found) else None
    said = wording.word("claims.why.not_permanent", list="; ".join(map(lot_name, barring)))
    line = next((x for x in map(_permanent_line, barring) if x is not None), None)
    if line is None:
        return kind, allowed, Why(said, None, own_reading(wording))
    return kind, allowed, Why(said, line.rule, line.sources[0])


def _permanent_line(lot: ClaimOffer) -> FindingLine | None:
    return next((x for x in lot.explained.findings if x.rule == PERMANENT_WORD), None)


def _plain(kind: str, chosen: ClaimBasis, *, allowed: bool | None) -> Judged:
    return kind, allowed, _nobody(chosen)


def _nobody(chosen: ClaimBasis) -> Why:
    wording = chosen.setting.wording
    return Why(wording.word("claims.why.nobody"), None, own_reading(wording))


def _product(chosen: ClaimBasis, lexicon: Lexicon, limits: tuple[Why, ...]) -> Judged:
    """Return whether a product may be called neutral or offset: only where that was judged."""
    wording = chosen.setting.wording
    laws = lexicon.of_place(chosen.setting.bound.city.jurisdictions, PRODUCT)
    line = next((x for x in chosen.purchase.findings if x.rule == PRODUCT_RULE), None)
    if chosen.facts.get("claim_channel") == PRODUCT:
        allowed = chosen.surest in {NEUTRAL, OFFSET}
        said = wording.word("claims.why.allowed")
        why = limits[0] if limits and not allowed else Why(said, None, own_reading(wording))
        if line is not None and line.status in LIMITS and not allowed:
            why = of_line(line, line.unknown or line.fails or line.title)
        return PRODUCT_CLAIM, allowed, why
    said = wording.word("claims.why.no_product", channel=channel_words(chosen))
    if not laws:
        return PRODUCT_CLAIM, False, Why(said, None, own_reading(wording))
    law = laws[0]
    said = wording.word("claims.why.no_product_law", said=said, law=wording.known(law.says))
    source = source_line(source_of(law.source), wording)
    return PRODUCT_CLAIM, False, Why(said, PRODUCT_RULE if line else None, source)


def _future(chosen: ClaimBasis, lexicon: Lexicon) -> Judged:
    """Return whether the credits bear a promise about the future: never, at most a plan does."""
    wording = chosen.setting.wording
    line = next((x for x in chosen.purchase.findings if x.rule == FUTURE_RULE), None)
    if line is not None and line.status is Status.MET:
        return FUTURE, True, of_line(line, line.requires)
    said = wording.word("claims.why.future")
    if line is not None and line.status in LIMITS:
        return FUTURE, False, of_line(line, line.unknown or line.fails or said)
    laws = lexicon.of_place(chosen.setting.bound.city.jurisdictions, FUTURE)
    if not laws:
        return FUTURE, None, Why(said, None, own_reading(wording))
    source = source_line(source_of(laws[0].source), wording)
    said = wording.word("claims.why.future_law", said=said, law=wording.known(laws[0].says))
    return FUTURE, None, Why(said, None, source)


def _ruling(
    kind: str, allowed: bool | None, why: Why, chosen: ClaimBasis, lexicon: Lexicon
) -> ClaimRuling:
    wording = chosen.setting.wording
    return ClaimRuling(
        kind=kind,
        words=wording.word(f"claims.kind.{kind}"),
        examples=_examples(kind, chosen, lexicon),
        allowed=allowed,
        reason=why.reason,
        rule=why.rule,
        rule_words=rule_words(why.rule, chosen),
        source=why.source,
        instead="" if allowed else instead(kind, chosen),
    )


def rule_words(rule: str | None, chosen: ClaimBasis) -> str:
    """Return a rule by its code and title, nothing where none is meant."""
    if rule is None:
        return ""
    known = chosen.setting.bound.rules[rule]
    title = chosen.setting.wording.rule_title(known)
    return f"{known.code}, {title}" if known.code else title


def instead(kind: str, chosen: ClaimBasis) -> str:
    """Return what to write instead of words of a kind."""
    wording = chosen.setting.wording
    if chosen.surest == NOTHING:
        return wording.word("claims.instead_nothing")
    if kind in {ClaimKind.NEUTRALITY.value, ClaimKind.WHOLE.value, ClaimKind.OFFSET.value}:
        level = CONTRIBUTION if chosen.surest == CONTRIBUTION else OFFSET
        return wording.word(f"claims.instead_balance.{level}")
    return wording.word(f"claims.instead.{kind}")


def _examples(kind: str, chosen: ClaimBasis, lexicon: Lexicon) -> tuple[str, ...]:
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
