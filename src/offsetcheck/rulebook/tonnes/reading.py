"""Steps of comparable tonnes read: what they name must exist, what they set must agree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.expression.in_file import FileExpressions
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.walk import parameters_of
from offsetcheck.rulebook.files.sources import check_citation
from offsetcheck.rulebook.rules.model import SharedParameter
from offsetcheck.rulebook.tonnes.examples import check_step_examples
from offsetcheck.rulebook.tonnes.model import Case, CaseTrees, LoadedStep, StepFile
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import FileProblems, Problems
from offsetcheck.vocabulary.forms.scalars import NAME

FOLDER = "tonnes"

Shared = Mapping[str, SharedParameter]
TYPES = {
    "number": FieldType.NUMBER,
    "boolean": FieldType.BOOLEAN,
    "code": FieldType.CODE,
}


@dataclass(frozen=True, slots=True)
class KnownToSteps:
    """What steps are checked against; `names` are those of rules on a candidate."""

    names: Names
    dictionary: Dictionary
    shared: Shared
    guides: Mapping[str, Guide]


def read_steps(
    documents: Mapping[str, Document], known: KnownToSteps, problems: Problems
) -> dict[str, LoadedStep]:
    """Return the steps of some files by id, in the order in which they are taken.

    `documents` are named by the file without its ending. Every mistake is noted.
    """
    read = {}
    for name, document in documents.items():
        file = FileProblems(document, problems)
        step = _read(name, known, file)
        if step is not None:
            read[step.file.id] = step
    ordered = sorted(read.values(), key=lambda step: (step.file.place, step.file.id))
    _check_places(ordered, problems)
    return {step.file.id: step for step in ordered}


def _read(name: str, known: KnownToSteps, file: FileProblems) -> LoadedStep | None:
    document = file.document
    step = build(StepFile, document.data, document, file.problems)
    if step is None:
        return None
    if step.id != f"{FOLDER}.{name}":
        message = f"`{step.id}` is not the path of the file"
        file.at_value(("id",), message, f"write `{FOLDER}.{name}`")
    _check_names(step, file)
    _check_life(step, file)
    _check_choices(step, known.shared, known.guides, file)
    if not step.sources:
        hint = "cite a guide, or write `- {standing: design}`"
        file.at_value(("sources",), "a step needs at least one source", hint)
    for index, source in enumerate(step.sources):
        check_citation(source, known.guides, document, ("sources", index), file.problems)
    check_step_examples(step, known.dictionary, known.shared, file)
    return _with_trees(step, known.names, known.shared, file)


def _with_trees(
    step: StepFile, names: Names, shared: Shared, file: FileProblems
) -> LoadedStep | None:
    """Return a step with its expressions read; None where one of them could not be."""
    parameters = [_parameter(name, one, step) for name, one in shared.items()]
    of_offer = FileExpressions(names.with_parameters(parameters), file.document, file.problems)
    inputs = {
        name: tuple(
            of_offer.value(("inputs", name, "first_of", index), text, TYPES[one.type])
            for index, text in enumerate(one.first_of)
        )
        for name, one in step.inputs.items()
    }
    unless = {
        name: of_offer.value(("inputs", name, "unless"), one.unless, FieldType.BOOLEAN)
        for name, one in step.inputs.items()
        if one.unless is not None
    }
    known = [*parameters, *_given(step), *_inputs(step, names)]
    parts: dict[str, CaseTrees | None] = {}
    read = set(of_offer.names)
    for name, part in step.parts.items():
        formulas = FileExpressions(Names(known), file.document, file.problems)
        parts[name] = _cases(part.value, ("parts", name, "value"), formulas)
        known.append(Name(name, FieldType.NUMBER, name))
        read |= formulas.names
    formulas = FileExpressions(Names(known), file.document, file.problems)
    factor = _cases(step.factor, ("factor",), formulas)
    read |= formulas.names
    trees = [*(tree for input_ in inputs.values() for tree in input_), *unless.values()]
    if factor is None or None in trees or None in parts.values():
        return None
    _check_used(step, read, file)
    _check_decided(step, _named(parts, factor), shared, file)
    used = {name: one.type for name, one in shared.items() if f"${name}" in read}
    return LoadedStep(step, file.document, inputs, parts, factor, used, unless)  # type: ignore[arg-type] # none is None


def _named(parts: Mapping[str, CaseTrees | None], factor: CaseTrees) -> frozenset[str]:
    """Return the parameters, as `$shared.x`, that the formula of a step names itself."""
    cases = [*factor, *(case for part in parts.values() for case in part or ())]
    trees = [tree for case in cases for tree in case if tree is not None]
    return frozenset(parameters_of(*trees))


def _cases(cases: Iterable[Case], steps: Steps, formulas: FileExpressions) -> CaseTrees | None:
    """Return cases as trees; one alone may stand as its expression."""
    written = list(cases)
    alone = len(written) == 1 and written[0].when is None
    read = []
    for index, case in enumerate(written):
        where = steps if alone else (*steps, index, "value")
        value = formulas.value(where, case.value, FieldType.NUMBER)
        holds = None
        if case.when is not None:
            holds = formulas.value((*steps, index, "when"), case.when, FieldType.BOOLEAN)
        if value is None or (case.when is not None and holds is None):
            return None
        read.append((holds, value))
    return tuple(read)


def _parameter(name: str, one: SharedParameter, step: StepFile) -> Name:
    """Return a shared parameter as a name; its words are those that a city may choose here."""
    words = [choice.value for choice in step.choices.get(name, ())]
    codes = frozenset(word for word in words if isinstance(word, str))
    return Name(f"${name}", one.type, codes=codes or None)


def _given(step: StepFile) -> Iterator[Name]:
    """Yield the numbers that come with a choice, as `$name`."""
    given = (name for choices in step.choices.values() for one in choices for name in one.gives)
    yield from (Name(f"${name}", FieldType.NUMBER) for name in dict.fromkeys(given))


def _inputs(step: StepFile, names: Names) -> Iterator[Name]:
    """Yield the inputs as names; one that is a field of codes takes its closed list."""
    for name, one in step.inputs.items():
        field = names.get(one.first_of[0].strip()) if one.first_of else None
        codes = field.codes if field is not None and one.type == "code" else None
        yield Name(name, TYPES[one.type], name, codes)


def _check_names(step: StepFile, file: FileProblems) -> None:
    for key, named in (("inputs", step.inputs), ("parts", step.parts)):
        for name in named:
            if not NAME.fullmatch(name):
                hint = "use small letters, digits and underscores"
                file.at_key((key, name), f"`{name}` cannot be a name here", hint)
            elif key == "parts" and name in step.inputs:
                file.at_key((key, name), f"`{name}` is an input already", "name it otherwise")
    if step.standard_error is not None and step.standard_error not in step.parts:
        message, near = f"the step has no part `{step.standard_error}`", step.parts
        hint = did_you_mean(step.standard_error, near) or "name one of its `parts`"
        file.at_value(("standard_error",), message, hint)
    for name, one in step.inputs.items():
        if not one.first_of:
            file.at_value(("inputs", name), "no expression stands here", "write `first_of: [x]`")
    ranges = {("inputs", name): one.range for name, one in step.inputs.items()}
    ranges |= {("parts", name): one.range for name, one in step.parts.items()}
    for at, bounds in ranges.items():
        if bounds is not None and bounds[0] > bounds[1]:
            message, hint = "the range ends before it begins", "write the least first"
            file.at_value((*at, "range"), message, hint)
    for key, cases in (("factor", step.factor), *((n, p.value) for n, p in step.parts.items())):
        for index, case in enumerate(cases[:-1]):
            if case.when is None:
                steps: Steps = (key, index) if key == "factor" else ("parts", key, "value", index)
                message = "what stands below this case is never read"
                file.at_value(steps, message, "write `when: …`, or let it stand last")


def _check_life(step: StepFile, file: FileProblems) -> None:
    effective = step.effective
    if effective.until is not None and effective.until <= effective.since:
        hint = "`until` is a later day than `from`: look whether the two are swapped"
        file.at_value(("effective", "until"), "the step ends before it begins", hint)


def _check_choices(
    step: StepFile, shared: Shared, guides: Mapping[str, Guide], file: FileProblems
) -> None:
    for name, choices in step.choices.items():
        if name not in shared:
            message = f"there is no parameter `{name}`"
            hint = did_you_mean(name, shared) or "write it into parameters/"
            file.at_key(("choices", name), message, hint, names=f"parameter {name}")
        first = frozenset(choices[0].gives) if choices else frozenset()
        for index, one in enumerate(choices):
            steps: Steps = ("choices", name, index)
            check_citation(one.source, guides, file.document, (*steps, "source"), file.problems)
            if frozenset(one.gives) != first:
                message = "this choice gives other numbers than the first"
                file.at_value(steps, message, "let each give the same names")
            if one.value in [other.value for other in choices[:index]]:
                file.at_value((*steps, "value"), f"`{one.value}` stands here already")


def _check_used(step: StepFile, read: set[str], file: FileProblems) -> None:
    """Note inputs and parts that no formula names."""
    for key, named in (("inputs", step.inputs), ("parts", step.parts)):
        for name in named:
            if name not in read:
                message = f"no formula names `{name}`"
                file.at_key((key, name), message, "name it in a part or the factor, or remove it")


def _check_decided(
    step: StepFile, named: frozenset[str], shared: Shared, file: FileProblems
) -> None:
    """Note a parameter of the formula that may have no value and no choices to range over."""
    for name, one in shared.items():
        if f"${name}" in named and not one.parameter.values and name not in step.choices:
            message = f"nobody may have decided `{name}`, and no choices stand here"
            file.at_value((), message, f"list its values under `choices: {{{name}: …}}`")


def _check_places(steps: list[LoadedStep], problems: Problems) -> None:
    """Note two steps at one place that act under one treatment."""
    for index, step in enumerate(steps):
        for before in steps[:index]:
            both = set(step.file.acts_under) & set(before.file.acts_under)
            if step.file.place == before.file.place and both:
                message = f"`{before.file.id}` has this place already"
                problems.at_value(step.document, ("place",), message, "give each its own place")
