"""Comparable tonnes in words: each step with its inputs, its formula and its sources."""

from collections.abc import Iterable, Iterator, Sequence

from offsetcheck.engine.tonnes import acts
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.tonnes.bounds import SHARE, TONNES, bounds_line
from offsetcheck.explain.tonnes.choices import chosen_words, policy_choices
from offsetcheck.explain.tonnes.order import Made
from offsetcheck.explain.tonnes.order_told import tonnes_order
from offsetcheck.explain.tonnes.price import AskedPrice, comparable_price
from offsetcheck.explain.tonnes.range import central_number, central_words, explain_ranges
from offsetcheck.explain.tonnes.texts import (
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
    ComparableTonnes,
    Option,
    Origin,
    Span,
    StepTaken,
    UsedInput,
    Waterfall,
)
from offsetcheck.vocabulary.tonnes_explanation import (
    TonnesExplanation,
    TonnesInput,
    TonnesOffer,
    TonnesOption,
    TonnesPart,
    TonnesStep,
    TonnesWaterfall,
)
from offsetcheck.vocabulary.tonnes_range_explanation import TonnesRanges


def explain_tonnes(
    setting: Setting,
    steps: BoundSteps,
    offers: Iterable[TonnesOffer],
    made: Made,
    *,
    single: bool,
    most: int | None = None,
) -> TonnesExplanation:
    """Return comparable tonnes explained: `offers` that are shown, of all that there are in `made`.

    `single`: one was asked for. With `most` the places of so many are told, the first ones.
    """
    bound, wording = setting.bound, setting.wording
    return TonnesExplanation(
        language=wording.language,
        title=wording.word("tonnes.heading"),
        city=wording.city(),
        as_of=steps.as_of.isoformat(),
        remark=wording.word("tonnes.remark"),
        single=single,
        choices=tuple(policy_choices(steps, wording)),
        offers=tuple(offers),
        count=len(made),
        order=tonnes_order(made, steps.chosen, steps.as_of, wording, most),
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


def explain_offer(
    candidate: Candidate, made: ComparableTonnes, steps: BoundSteps, wording: Wording
) -> TonnesOffer:
    """Return what one offer's tonnes come to under each treatment, explained."""
    price = AskedPrice.of(candidate)
    falls = waterfalls_of(made, steps, wording, price)
    return _offer(candidate, made, falls, explain_ranges(steps, made, wording), wording)


def offer_in_short(candidate: Candidate, made: ComparableTonnes, wording: Wording) -> TonnesOffer:
    """Return what one offer's tonnes come to under each treatment, without its steps and ranges."""
    price = AskedPrice.of(candidate)
    falls = tuple(_behind(one, made, price, wording, ()) for one in made.waterfalls)
    return _offer(candidate, made, falls, None, wording)


def _offer(
    candidate: Candidate,
    made: ComparableTonnes,
    falls: tuple[TonnesWaterfall, ...],
    ranges: TonnesRanges | None,
    wording: Wording,
) -> TonnesOffer:
    whole, price = made.comparable, AskedPrice.of(candidate)
    return TonnesOffer(
        id=candidate.id,
        ranges=ranges,
        name=str(candidate.fact("name").value or ""),
        offered=None if made.offered is None else bounds_line(made.offered, TONNES, wording),
        comparable=None if whole is None else bounds_line(whole, TONNES, wording),
        price=comparable_price(price, made.offered, whole, wording),
        stated_price=None if price is None else price.told(price.span, wording),
        currency=None if price is None else price.currency,
        waterfalls=falls,
    )


def _waterfall(
    fall: Waterfall,
    made: ComparableTonnes,
    price: AskedPrice | None,
    steps: BoundSteps,
    wording: Wording,
) -> TonnesWaterfall:
    by_id = {step.file.id: step for step in steps.steps}
    lines = tuple(step_line(taken, by_id[taken.step], wording) for taken in fall.steps)
    return _behind(fall, made, price, wording, lines)


def _behind(
    fall: Waterfall,
    made: ComparableTonnes,
    price: AskedPrice | None,
    wording: Wording,
    steps: tuple[TonnesStep, ...],
) -> TonnesWaterfall:
    """Return what stands behind a waterfall, with those of its steps that are shown."""
    return TonnesWaterfall(
        treatment=fall.treatment.value,
        title=wording.word(f"tonnes.treatment.{fall.treatment.value}"),
        chosen=made.chosen is fall.treatment,
        central=central_number(fall.central, TONNES),
        central_words=central_words(fall, wording),
        steps=steps,
        comparable=bounds_line(fall.comparable, TONNES, wording),
        price=comparable_price(price, made.offered, fall.comparable, wording),
    )


def step_line(taken: StepTaken, step: BoundStep, wording: Wording) -> TonnesStep:
    """Return one step on one offer, explained: its factor and all that this rests on."""
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
    words = [chosen_words(file, one, wording) or "" for one in option.choices]
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
