"""The paragraph that the city may publish, sentence by sentence, in one language."""

from collections.abc import Iterator

from offsetcheck.explain.claims.chosen import (
    CONTRIBUTION,
    NEUTRAL,
    NOTHING,
    PERMANENT_WORD,
    ClaimBasis,
    ClaimOffer,
)
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.claim_statement import ClaimParagraph
from offsetcheck.vocabulary.finding import Outcome

ADJUSTMENT = "claim.adjustment"
PREFIX = "claims.paragraph."
CHANNELS = ("territorial", "organisational", "product")


def paragraphs_of(chosen: ClaimBasis) -> tuple[ClaimParagraph, ...]:
    """Return a paragraph for each language of the city; none where nothing may be said."""
    if chosen.surest == NOTHING:
        return ()
    bound = chosen.setting.bound
    languages = dict.fromkeys(bound.city.languages or (ENGLISH,))
    return tuple(_paragraph(chosen, language) for language in languages)


def _paragraph(chosen: ClaimBasis, language: str) -> ClaimParagraph:
    """Return the paragraph in a language, or that nobody has translated its sentences."""
    bound, reader = chosen.setting.bound, chosen.setting.wording
    needed = [key for key in bound.words[ENGLISH] if key.startswith(PREFIX)]
    if language not in bound.words or not all(key in bound.words[language] for key in needed):
        missing = reader.word("claims.not_translated", language=language)
        return ClaimParagraph(language=language, text="", missing=missing)
    wording = Wording(bound, language)
    return ClaimParagraph(language=language, text=" ".join(_sentences(chosen, wording)))


def _sentences(chosen: ClaimBasis, wording: Wording) -> Iterator[str]:
    yield _claim(chosen, wording)
    yield from (_lot(lot, chosen, wording) for lot in chosen.lots)
    yield from _mechanism(chosen, wording)
    yield from _permanence(chosen, wording)
    yield from _vintages(chosen, wording)
    yield from _honesty(chosen, wording)
    yield _retirement(chosen, wording)


def _claim(chosen: ClaimBasis, wording: Wording) -> str:
    known = {
        "city": city_name(chosen, wording),
        "year": chosen.year if chosen.year is not None else wording.word("claims.paragraph.gap"),
        "tonnes": wording.tonnes(chosen.tonnes),
        "rest": wording.tonnes(chosen.number("residual_tonnes") or 0.0),
        "count": len(chosen.lots),
    }
    if chosen.surest == NEUTRAL:
        channel = chosen.facts.get("claim_channel")
        channel = channel if channel in CHANNELS else "organisational"
        return wording.word(f"claims.paragraph.neutral.{channel}", **known)
    many = "one" if len(chosen.lots) == 1 else "many"
    if chosen.surest == CONTRIBUTION:
        return wording.word(f"claims.paragraph.contribution.{many}", **known)
    return wording.word(f"claims.paragraph.offset.{many}", **known)


def city_name(chosen: ClaimBasis, wording: Wording) -> str:
    """Return the city's name in a language."""
    city = chosen.setting.bound.city
    return wording.pick(city.name, f"city_name.{city.id}")


def _lot(lot: ClaimOffer, chosen: ClaimBasis, wording: Wording) -> str:
    gap = wording.word("claims.paragraph.gap")

    def said(name: str) -> str:
        value = chosen.fact(lot, name)
        return gap if value is None else wording.value(name, value)

    return wording.word(
        "claims.paragraph.lot",
        tonnes=wording.tonnes(lot.tonnes) if lot.is_counted else gap,
        project=lot.explained.offer.name,
        programme=said("programme"),
        country=said("country"),
        vintage=said("vintage"),
    )


def _mechanism(chosen: ClaimBasis, wording: Wording) -> Iterator[str]:
    found = chosen.mechanisms()
    if found == {"removal"}:
        yield wording.word("claims.paragraph.removal")
    elif found == {"reduction"}:
        yield wording.word("claims.paragraph.reduction")
    elif "open" not in found:
        removed = sum(lot.tonnes for lot in chosen.lots if chosen.mechanism(lot) == "removal")
        amounts = {
            "removed": wording.tonnes(removed),
            "reduced": wording.tonnes(chosen.tonnes - removed),
        }
        yield wording.word("claims.paragraph.mixed", **amounts)


def _permanence(chosen: ClaimBasis, wording: Wording) -> Iterator[str]:
    """Yield how long the removed carbon stays, where that is known of all of it."""
    removals = [lot for lot in chosen.lots if chosen.mechanism(lot) == "removal"]
    found = {chosen.permanent(lot) for lot in removals}
    if found == {True}:
        rule = chosen.setting.bound.rules[PERMANENT_WORD]
        parameter = next(iter(rule.parameters.values()))
        years = wording.parameter(parameter) or ""
        yield wording.word("claims.paragraph.permanent", years=years)
    elif False in found:
        tonnes = sum(lot.tonnes for lot in removals if chosen.permanent(lot) is False)
        yield wording.word("claims.paragraph.not_permanent", tonnes=wording.tonnes(tonnes))


def _vintages(chosen: ClaimBasis, wording: Wording) -> Iterator[str]:
    years = sorted({int(value) for lot in chosen.lots if (value := _vintage(chosen, lot))})
    if len(years) > 1:
        listed = wording.joined([str(year) for year in years])
        yield wording.word("claims.paragraph.vintages", list=listed)


def _vintage(chosen: ClaimBasis, lot: ClaimOffer) -> float | None:
    value = chosen.fact(lot, "vintage")
    return value if isinstance(value, int | float) else None


def _honesty(chosen: ClaimBasis, wording: Wording) -> Iterator[str]:
    """Yield what keeps a reader from taking the claim for more than it is."""
    if chosen.surest != CONTRIBUTION:
        yield wording.word("claims.paragraph.reported")
        return
    yield wording.word("claims.paragraph.no_offset")
    hosts = {
        country: None
        for lot in chosen.lots
        if _counts_at_home(lot) and (country := chosen.fact(lot, "country")) is not None
    }
    if hosts:
        listed = wording.joined([wording.value("country", country) for country in hosts])
        yield wording.word("claims.paragraph.host", list=listed)


def _counts_at_home(lot: ClaimOffer) -> bool:
    """Whether the host country may count the same tonnes: it is not shown that it gave them up."""
    findings = {finding.rule: finding.outcome for finding in lot.assessment.findings}
    return findings.get(ADJUSTMENT) in {Outcome.FAIL, Outcome.UNKNOWN}


def _retirement(chosen: ClaimBasis, wording: Wording) -> str:
    gap = wording.word("claims.paragraph.after")
    return wording.word(
        "claims.paragraph.retired", beneficiary=city_name(chosen, wording), serials=gap, day=gap
    )
