"""Comparable tonnes in words: each step with its inputs, its formula and its sources."""

from collections.abc import Iterable, Iterator, Sequence

from offsetcheck.engine.tonnes import acts
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.tonnes.bounds import SHARE, TONNES, bounds_line
from offsetcheck.explain.tonnes.order_told import tonnes_order
from offsetcheck.explain.tonnes.price import AskedPrice, comparable_price
from offsetcheck.explain.tonnes.range import central_number, central_words, explain_ranges
from offsetcheck.explain.tonnes.texts import (
    choice_title,
    input_title,
    part_title,
    step_does,
    step_open,
    step_title,
)
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.rules import source
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps
from offsetcheck.rulebook.tonnes.model import Case, StepFile
from offsetcheck.vocabulary.candidate import Candidate
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
    TonnesChoice,
    TonnesExplanation,
    TonnesInput,
    TonnesOffer,
    TonnesOption,
    TonnesPart,
    TonnesStep,
    TonnesWaterfall,
)


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
        order=tonnes_order(made, steps.chosen, steps.as_of, wording),
        rulebook=bound.name,
        edition=bound.edition,
        rules_hash=bound.files_hash,
        input_hash=setting.origin.input_hash,
        reproduce=setting.origin.reproduce,
    )


def waterfalls_of(
    made: ComparableTonnes, steps: BoundSteps, wording: Wording, price: AskedPrice | None = None
) -> tuple[TonnesWaterfall, ...]:
    """Return the steps on some tonnes in words, under each treatment; `price` of a tonne."""
    return tuple(_waterfall(one, made, price, steps, wording) for one in made.waterfalls)


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
                    choice_title(step.file, chosen.parameter, one, wording)
                    for one in step.file.choices[chosen.parameter]
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
        layer=None if chosen.layer is None else _layer(chosen.layer, wording),
        options=() if words is not None else tuple(every),
    )


def _layer(layer: str, wording: Wording) -> str:
    """Return who chose: the city by its bare name, because the page says above what it is."""
    city = wording.bound.city
    named = layer == city.id
    return wording.pick(city.name, f"city_name.{city.id}") if named else wording.layer(layer)


def _title(parameter: str, steps: BoundSteps, wording: Wording) -> str:
    titles = steps.titles.get(parameter)
    return wording.titled_parameter(parameter, titles, "") or parameter


def _chosen_words(step: StepFile, chosen: Chosen, wording: Wording) -> str | None:
    """Return the words of a choice; None where there is none."""
    if chosen.value is None:
        return None
    listed = step.choices[chosen.parameter]
    entry = next((one for one in listed if one.value == chosen.value), None)
    if entry is None:
        return str(chosen.value)
    return choice_title(step, chosen.parameter, entry, wording)


def explain_offer(
    candidate: Candidate, made: ComparableTonnes, steps: BoundSteps, wording: Wording
) -> TonnesOffer:
    """Return what one offer's tonnes come to under each treatment, explained."""
    whole = made.comparable
    price = AskedPrice.of(candidate)
    return TonnesOffer(
        id=candidate.id,
        ranges=explain_ranges(steps, made, wording),
        name=str(candidate.fact("name").value or ""),
        offered=None if made.offered is None else bounds_line(made.offered, TONNES, wording),
        comparable=None if whole is None else bounds_line(whole, TONNES, wording),
        price=comparable_price(price, made.offered, whole, wording),
        stated_price=None if price is None else price.told(price.span, wording),
        currency=None if price is None else price.currency,
        waterfalls=waterfalls_of(made, steps, wording, price),
    )


def _waterfall(
    fall: Waterfall,
    made: ComparableTonnes,
    price: AskedPrice | None,
    steps: BoundSteps,
    wording: Wording,
) -> TonnesWaterfall:
    by_id = {step.file.id: step for step in steps.steps}
    return TonnesWaterfall(
        treatment=fall.treatment.value,
        title=wording.word(f"tonnes.treatment.{fall.treatment.value}"),
        chosen=made.chosen is fall.treatment,
        central=central_number(fall.central, TONNES),
        central_words=central_words(fall, wording),
        steps=tuple(_step(taken, by_id[taken.step], wording) for taken in fall.steps),
        comparable=bounds_line(fall.comparable, TONNES, wording),
        price=comparable_price(price, made.offered, fall.comparable, wording),
    )


def _step(taken: StepTaken, step: BoundStep, wording: Wording) -> TonnesStep:
    file = step.file
    return TonnesStep(
        step=file.id,
        title=step_title(file, wording),
        does=step_does(file, wording),
        open=step_open(file, wording) if taken.open else None,
        formula=_formula(file.factor),
        factor=bounds_line(taken.factor, SHARE, wording),
        tonnes=bounds_line(taken.tonnes, TONNES, wording),
        inputs=tuple(_input(one, file, wording) for one in taken.inputs),
        parts=tuple(
            TonnesPart(
                name=name,
                title=part_title(file, name, wording),
                formula=_formula(file.parts[name].value),
                value=bounds_line(span, SHARE, wording),
            )
            for name, span in taken.parts.items()
        ),
        options=tuple(_option(one, file, wording) for one in taken.options),
        central=central_number(taken.central, SHARE),
        central_tonnes=central_number(taken.central_tonnes, TONNES),
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
        title=input_title(file, used.name, wording),
        words=_held(used, (*used.names, *file.inputs[used.name].first_of), wording),
        origin=used.origin.value,
        origin_words=wording.word(f"tonnes.origin.{used.origin.value}"),
        names=used.names,
    )


def _held(used: UsedInput, names: Sequence[str], wording: Wording) -> str:
    """Return what is known of an input; a code by the title that one of some fields gives it."""
    if isinstance(used.held, Span):
        return bounds_line(used.held, SHARE, wording).words
    if used.held is None or used.origin is Origin.OPEN:
        return wording.word("tonnes.unknown")
    return ", ".join(_word(one, names, wording) for one in used.held)


def _word(value: Value, names: Sequence[str], wording: Wording) -> str:
    """Return a truth or word as it is said; a code by the title that a field behind it gives."""
    if isinstance(value, bool):
        return wording.word("tonnes.yes") if value else wording.word("tonnes.no")
    fields = ((name, wording.field(name)) for name in names)
    of_code = next((name for name, field in fields if field and value in field.codes), None)
    return str(value) if of_code is None else wording.value(of_code, value)


def _formula(cases: Iterable[Case]) -> str:
    """Return cases as their file writes them, one behind the other."""
    written = (one.value if one.when is None else f"{one.when}: {one.value}" for one in cases)
    return "; ".join(" ".join(one.split()) for one in written)
