"""What the files of steps say, in the language of a page: their own words, else those of words/."""

from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.texts.keys import choice_name, step_key
from offsetcheck.rulebook.tonnes.model import Choice, StepFile


def step_title(step: StepFile, wording: Wording) -> str:
    """Return the title of a step."""
    return wording.pick({"en": step.title}, step_key(step.id, "title"))


def step_why(step: StepFile, wording: Wording) -> str:
    """Return why a step is taken."""
    return wording.pick({"en": step.why}, step_key(step.id, "why"))


def step_does(step: StepFile, wording: Wording) -> str:
    """Return what a step takes off."""
    says = {language: words.does for language, words in step.says.items()}
    return wording.pick(says, step_key(step.id, "does"))


def step_open(step: StepFile, wording: Wording) -> str:
    """Return what to state where a step is open."""
    says = {language: words.open for language, words in step.says.items()}
    return wording.pick(says, step_key(step.id, "open"))


def input_title(step: StepFile, name: str, wording: Wording) -> str:
    """Return the title of what a step reads."""
    return wording.pick(step.inputs[name].title, step_key(step.id, "input", name))


def part_title(step: StepFile, name: str, wording: Wording) -> str:
    """Return the title of a number of a step's formula."""
    return wording.pick(step.parts[name].title, step_key(step.id, "part", name))


def choice_title(step: StepFile, parameter: str, choice: Choice, wording: Wording) -> str:
    """Return the title of what a city can choose in a step."""
    key = step_key(step.id, "choice", choice_name(parameter, choice.value))
    return wording.pick(choice.title, key)
