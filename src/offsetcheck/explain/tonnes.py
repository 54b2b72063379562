"""Comparable tonnes in words: each step with its inputs, its formula and its sources."""

from collections.abc import Iterable, Iterator, Sequence

from offsetcheck.engine.tonnes import acts
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.tonnes_bounds import MONEY, SHARE, TONNES, bounds_line
from offsetcheck.explain.tonnes_order import price_of, price_span
from offsetcheck.explain.tonnes_order_told import tonnes_order
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

CURRENCY = "currency"


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
        offers=tuple(explain_offer(candidate, one, steps, wording) for candidate, one in made),
        order=tonnes_order(made, steps.chosen, wording),
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
    return tuple(_waterfall(one, made, None, steps, wording) for one in made.waterfalls)


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


def explain_offer(
    candidate: Candidate, made: ComparableTonnes, steps: BoundSteps, wording: Wording
) -> TonnesOffer:
    """Return what one offer's tonnes come to under each treatment, explained."""
    whole = made.comparable
    currency, price = candidate.fact(CURRENCY).value, price_of(candidate)
    return TonnesOffer(
        id=candidate.id,
        name=str(candidate.fact("name").value or ""),
        offered=None if made.offered is None else bounds_line(made.offered, TONNES, wording),
        comparable=None if whole is None else bounds_line(whole, TONNES, wording),
        price=_price(price, made.offered, whole, wording),
        stated_price=None if price is None else bounds_line(Span(price, price), MONEY, wording),
        currency=None if currency is None else str(currency),
        waterfalls=tuple(_waterfall(one, made, price, steps, wording) for one in made.waterfalls),
    )


def _price(
    price: float | None, offered: Span | None, whole: Span | None, wording: Wording
) -> BoundsLine | None:
    """Return the price of one comparable tonne; none has a price where none may be left."""
    if price is None or offered is None or whole is None or not whole.high:
        return None
    return bounds_line(price_span(price, offered, whole), MONEY, wording)


def _waterfall(
    fall: Waterfall,
    made: ComparableTonnes,
    price: float | None,
    steps: BoundSteps,
    wording: Wording,
) -> TonnesWaterfall:
    by_id = {step.file.id: step for step in steps.steps}
    return TonnesWaterfall(
        treatment=fall.treatment.value,
        title=wording.word(f"tonnes.treatment.{fall.treatment.value}"),
        chosen=made.chosen is fall.treatment,
        steps=tuple(_step(taken, by_id[taken.step], wording) for taken in fall.steps),
        comparable=bounds_line(fall.comparable, TONNES, wording),
        price=_price(price, made.offered, fall.comparable, wording),
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
        factor=bounds_line(taken.factor, SHARE, wording),
        tonnes=bounds_line(taken.tonnes, TONNES, wording),
        inputs=tuple(_input(one, file, wording) for one in taken.inputs),
        parts=tuple(
            TonnesPart(
                name=name,
                title=_picked(file.parts[name].title, wording),
                formula=_formula(file.parts[name].value),
                value=bounds_line(span, SHARE, wording),
            )
            for name, span in taken.parts.items()
        ),
        options=tuple(_option(one, file, wording) for one in taken.options),
        assumed=tuple(name for name in taken.assumed if acts(step, taken, name)),
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
    return TonnesOption(words=", ".join(words), factor=bounds_line(option.factor, SHARE, wording))


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
        return bounds_line(used.held, SHARE, wording).words
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


def _picked(titles: Words, wording: Wording) -> str:
    return titles.get(wording.language) or titles["en"]
