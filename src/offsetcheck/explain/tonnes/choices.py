"""What a city chooses of comparable tonnes, in words: what was chosen, by whom, what could be."""

from collections.abc import Iterator, Sequence

from offsetcheck.explain.tonnes.texts import choice_title
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.rulebook.tonnes.model import StepFile
from offsetcheck.vocabulary.tonnes import Chosen, Treatment
from offsetcheck.vocabulary.tonnes_explanation import TonnesChoice


def policy_choices(steps: BoundSteps, wording: Wording) -> Iterator[TonnesChoice]:
    """Yield each choice of policy once, that of permanence first."""
    every = [wording.word(f"tonnes.treatment.{one.value}") for one in Treatment]
    value = steps.chosen
    words = None if value is None else wording.word(f"tonnes.treatment.{value.value}")
    title = wording.word("tonnes.treatment_title")
    yield choice_line(steps.treatment, title, words, every, wording)
    seen: set[str] = set()
    for step in steps.steps:
        for chosen in step.chosen:
            if chosen.parameter in step.file.choices and chosen.parameter not in seen:
                seen.add(chosen.parameter)
                listed = [
                    choice_title(step.file, chosen.parameter, one, wording)
                    for one in step.file.choices[chosen.parameter]
                ]
                words = chosen_words(step.file, chosen, wording)
                title = parameter_words(chosen.parameter, steps, wording)
                yield choice_line(chosen, title, words, listed, wording)


def choice_line(
    chosen: Chosen, title: str, words: str | None, every: Sequence[str], wording: Wording
) -> TonnesChoice:
    """Return a choice: `words` say what was chosen, None for nothing, `every` what could be."""
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


def parameter_words(parameter: str, steps: BoundSteps, wording: Wording) -> str:
    """Return the title of a parameter, its name where it has none."""
    titles = steps.titles.get(parameter)
    return wording.titled_parameter(parameter, titles, "") or parameter


def chosen_words(step: StepFile, chosen: Chosen, wording: Wording) -> str | None:
    """Return the words of a choice; None where there is none."""
    if chosen.value is None:
        return None
    listed = step.choices[chosen.parameter]
    entry = next((one for one in listed if one.value == chosen.value), None)
    if entry is None:
        return str(chosen.value)
    return choice_title(step, chosen.parameter, entry, wording)
