"""What a rulebook cites, explained: each guide by clause, and what a city's verdicts rest on."""

from collections.abc import Mapping
from datetime import date

from offsetcheck.explain.wording import Wording, words_in
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.rulebook_explanation import (
    CitySources,
    ClauseLine,
    GuideLine,
    NumberLine,
    SourcesExplanation,
)
from offsetcheck.workshop.sources import (
    Basis,
    CitedBy,
    ClauseUse,
    GuideUse,
    Number,
    city_basis,
    guides_used,
)

CITED_BY = {
    CitedBy.RULE: "rules",
    CitedBy.NUMBER: "numbers",
    CitedBy.TABLE: "tables",
    CitedBy.POLICY: "policies",
    CitedBy.SCHEME: "scheme",
    CitedBy.STEP: "steps",
}


def explain_sources(
    rulebook: Rulebook, day: date, bound: BoundRulebook | None = None, language: str = "en"
) -> SourcesExplanation:
    """Return what a rulebook cites on a day; with `bound`, what is in force for its city."""
    words = words_in(rulebook.words, language)
    guides = guides_used(rulebook, day, bound)
    return SourcesExplanation(
        language=language,
        as_of=day.isoformat(),
        guides=tuple(_guide(use, words) for use in guides),
        city=_city(bound, language) if bound else None,
    )


def _guide(use: GuideUse, words: Mapping[str, str]) -> GuideLine:
    guide = use.guide
    return GuideLine(
        id=guide.id,
        title=guide.title,
        publisher=guide.publisher,
        edition=guide.edition,
        date=guide.date,
        url=guide.url,
        licence=guide.licence,
        clauses=tuple(_clause(clause, words) for clause in use.clauses),
    )


def _clause(clause: ClauseUse, words: Mapping[str, str]) -> ClauseLine:
    standing = clause.standing.value
    return ClauseLine(
        clause=clause.clause or None,
        standing=standing,
        standing_words=words[f"standing.{standing}"],
        **{CITED_BY[kind]: names for kind, names in clause.cited_by.items()},
    )


def _city(bound: BoundRulebook, language: str) -> CitySources:
    basis, wording = city_basis(bound), Wording(bound, language)
    return CitySources(
        id=bound.city.id,
        name=wording.city(),
        rules={effect.value: _counts(counts) for effect, counts in basis.rules.items()},
        numbers=_counts(basis.counts),
        design_numbers=tuple(_number(n, wording) for n in basis.resting_on(Basis.DESIGN)),
        undecided_numbers=tuple(_number(n, wording) for n in basis.resting_on(Basis.UNDECIDED)),
    )


def _counts(counts: Mapping[Basis, int]) -> dict[str, int]:
    return {one.value: counts.get(one, 0) for one in Basis}


def _number(number: Number, wording: Wording) -> NumberLine:
    rule = wording.bound.rules[number.rule]
    return NumberLine(
        rule=number.rule,
        number=number.name,
        value=wording.parameter(rule.parameters[number.name], rule),
        unit=number.unit,
        layer=number.layer,
    )
