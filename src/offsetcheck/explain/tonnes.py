"""Comparable tonnes in words: each step with its inputs, its formula and its sources."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf, isfinite

from offsetcheck.explain.quantity import number_words
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.tonnes_range import central_number, central_words, explain_ranges
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.rules import source
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps
from offsetcheck.rulebook.tonnes.model import Case, StepFile
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Words
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.tonnes import (
    Chosen,
    ComparableTonnes,
    Option,
    Origin,
    Span,
    StepTaken,
    Treatment,
    UsedInput,
    Waterfall,
)
from offsetcheck.vocabulary.tonnes_explanation import (
    BoundsLine,
    TonnesChoice,
    TonnesExplanation,
    TonnesInput,
    TonnesOffer,
    TonnesOption,
    TonnesPart,
    TonnesStep,
    TonnesWaterfall,
)

SHARE, TONNES = 4, 1  # decimal places that are shown
PRICE, CURRENCY = "price", "currency"


def explain_tonnes(
    setting: Setting,
    steps: BoundSteps,
    made: Sequence[tuple[Candidate, ComparableTonnes]],
    *,
    single: bool,
) -> TonnesExplanation:
    """Return the comparable tonnes of some offers, explained; `single`: one was asked for."""
    bound, wording = setting.bound, setting.wording
    return TonnesExplanation(
        language=wording.language,
        title=wording.word("tonnes.heading"),
        city=wording.city(),
        as_of=steps.as_of.isoformat(),
        remark=wording.word("tonnes.remark"),
        single=single,
        choices=tuple(_choices(steps, wording)),
        offers=tuple(_offer(candidate, one, steps, wording) for candidate, one in made),
        rulebook=bound.name,
        edition=bound.edition,
        rules_hash=bound.files_hash,
        input_hash=setting.origin.input_hash,
        reproduce=setting.origin.reproduce,
    )


def waterfalls_of(
    made: ComparableTonnes, steps: BoundSteps, wording: Wording
) -> tuple[TonnesWaterfall, ...]:
    """Return the steps on some tonnes in words, under each treatment of permanence."""
    return tuple(_waterfall(one, made, steps, wording) for one in made.waterfalls)


def bounds_line(span: Span, places: int, wording: Wording) -> BoundsLine:
    """Return a number with bounds in words, to so many decimal places."""
    return _bounds(span, places, wording)


def _choices(steps: BoundSteps, wording: Wording) -> Iterator[TonnesChoice]:
    """Yield each choice of policy once, that of permanence first."""
    every = [wording.word(f"tonnes.treatment.{one.value}") for one in Treatment]
    value = steps.chosen
    words = None if value is None else wording.word(f"tonnes.treatment.{value.value}")
    title = wording.word("tonnes.treatment_title")
    yield _choice(steps.treatment, title, words, every, wording)
    seen: set[str] = set()
    for step in steps.steps:
        for chosen in step.chosen:
            if chosen.parameter in step.file.choices and chosen.parameter not in seen:
                seen.add(chosen.parameter)
                listed = [
                    _picked(one.title, wording) for one in step.file.choices[chosen.parameter]
                ]
                words = _chosen_words(step.file, chosen, wording)
                title = _title(chosen.parameter, steps, wording)
                yield _choice(chosen, title, words, listed, wording)


def _choice(
    chosen: Chosen, title: str, words: str | None, every: Sequence[str], wording: Wording
) -> TonnesChoice:
    return TonnesChoice(
        parameter=chosen.parameter,
        title=title,
        value=None if chosen.value is None else str(chosen.value),
        words=wording.word("tonnes.not_chosen") if words is None else words,
        layer=chosen.layer,
        options=() if words is not None else tuple(every),
    )


def _title(parameter: str, steps: BoundSteps, wording: Wording) -> str:
    return _picked(steps.titles.get(parameter, {"en": parameter}), wording)


def _chosen_words(step: StepFile, chosen: Chosen, wording: Wording) -> str | None:
    """Return the words of a choice; None where there is none."""
    if chosen.value is None:
        return None
    listed = step.choices[chosen.parameter]
    entry = next((one for one in listed if one.value == chosen.value), None)
    return str(chosen.value) if entry is None else _picked(entry.title, wording)


def _offer(
    candidate: Candidate, made: ComparableTonnes, steps: BoundSteps, wording: Wording
) -> TonnesOffer:
    whole = made.comparable
    currency = candidate.fact(CURRENCY).value
    return TonnesOffer(
        id=candidate.id,
        ranges=explain_ranges(steps, made, wording),
        name=str(candidate.fact("name").value or ""),
        offered=None if made.offered is None else _bounds(made.offered, TONNES, wording),
        comparable=None if whole is None else _bounds(whole, TONNES, wording),
        price=_price(candidate, made, wording),
        currency=None if currency is None else str(currency),
        waterfalls=tuple(_waterfall(one, made, steps, wording) for one in made.waterfalls),
    )


def _price(candidate: Candidate, made: ComparableTonnes, wording: Wording) -> BoundsLine | None:
    """Return the price of one comparable tonne; none has a price where none may be left."""
    price, offered, whole = candidate.fact(PRICE).value, made.offered, made.comparable
    if not isinstance(price, int | float) or offered is None or whole is None or not whole.high:
        return None
    low = price * offered.low / whole.high
    high = price * offered.high / whole.low if whole.low else inf
    return _bounds(Span(low, high), 2, wording)


def _waterfall(
    fall: Waterfall, made: ComparableTonnes, steps: BoundSteps, wording: Wording
) -> TonnesWaterfall:
    by_id = {step.file.id: step for step in steps.steps}
    return TonnesWaterfall(
        treatment=fall.treatment.value,
        title=wording.word(f"tonnes.treatment.{fall.treatment.value}"),
        chosen=made.chosen is fall.treatment,
        central=central_number(fall.central, TONNES),
        central_words=central_words(fall, wording),
        steps=tuple(_step(taken, by_id[taken.step], wording) for taken in fall.steps),
        comparable=_bounds(fall.comparable, TONNES, wording),
    )


def _step(taken: StepTaken, step: BoundStep, wording: Wording) -> TonnesStep:
    file = step.file
    says = file.says.get(wording.language) or file.says["en"]
    return TonnesStep(
        step=file.id,
        title=file.title,
        does=says.does,
        open=says.open if taken.open else None,
        formula=_formula(file.factor),
        factor=_bounds(taken.factor, SHARE, wording),
        tonnes=_bounds(taken.tonnes, TONNES, wording),
        inputs=tuple(_input(one, file, wording) for one in taken.inputs),
        parts=tuple(
            TonnesPart(
                name=name,
                title=_picked(file.parts[name].title, wording),
                formula=_formula(file.parts[name].value),
                value=_bounds(span, SHARE, wording),
            )
            for name, span in taken.parts.items()
        ),
        options=tuple(_option(one, file, wording) for one in taken.options),
        assumed=taken.assumed,
        central=central_number(taken.central, SHARE),
        central_tonnes=central_number(taken.central_tonnes, TONNES),
        sources=tuple(source_line(source(one), wording) for one in _sources(step)),
    )


def _sources(step: BoundStep) -> Iterator[SourceEntry]:
    """Yield the sources of a step, then those of what the city chose in it."""
    yield from step.file.sources
    for chosen in step.chosen:
        listed = step.file.choices.get(chosen.parameter, ())
        yield from (one.source for one in listed if one.value == chosen.value)


def _option(option: Option, file: StepFile, wording: Wording) -> TonnesOption:
    words = [_chosen_words(file, one, wording) or "" for one in option.choices]
    return TonnesOption(words=", ".join(words), factor=_bounds(option.factor, SHARE, wording))


def _input(used: UsedInput, file: StepFile, wording: Wording) -> TonnesInput:
    return TonnesInput(
        name=used.name,
        title=_picked(file.inputs[used.name].title, wording),
        words=_held(used, wording),
        origin=used.origin.value,
        origin_words=wording.word(f"tonnes.origin.{used.origin.value}"),
        names=used.names,
    )


def _held(used: UsedInput, wording: Wording) -> str:
    if isinstance(used.held, Span):
        return _bounds(used.held, SHARE, wording).words
    if used.held is None or used.origin is Origin.OPEN:
        return wording.word("tonnes.unknown")
    return ", ".join(_word(one, wording) for one in used.held)


def _word(value: Value, wording: Wording) -> str:
    if isinstance(value, bool):
        return wording.word("tonnes.yes") if value else wording.word("tonnes.no")
    return str(value)


def _formula(cases: Iterable[Case]) -> str:
    """Return cases as their file writes them, one behind the other."""
    written = (one.value if one.when is None else f"{one.when}: {one.value}" for one in cases)
    return "; ".join(" ".join(one.split()) for one in written)


def _bounds(span: Span, places: int, wording: Wording) -> BoundsLine:
    low, high = _limit(span.low, places), _limit(span.high, places)
    return BoundsLine(
        low=low,
        central=low if span.central is not None else None,
        high=high,
        words=_span_words(low, high, wording),
    )


def _span_words(low: float | None, high: float | None, wording: Wording) -> str:
    first, last = (
        None if one is None else number_words(one, wording.locale) for one in (low, high)
    )
    if first is None or last is None:
        if first is None and last is None:
            return wording.word("tonnes.unknown")
        return (
            wording.word("tonnes.at_most", high=last or "")
            if first is None
            else wording.word("tonnes.at_least", low=first)
        )
    return first if first == last else wording.word("tonnes.between", low=first, high=last)


def _limit(number: float, places: int) -> float | None:
    return round(number, places) + 0.0 if isfinite(number) else None


def _picked(titles: Words, wording: Wording) -> str:
    return titles.get(wording.language) or titles["en"]
