"""Mistakes in one step of comparable tonnes: inputs, formula, numbers of choices."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from offsetcheck.rulebook.expression.nodes import Constant, Function, Node
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tonnes.model import Case, CaseTrees, Choice, LoadedStep
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.workshop.marks import document_of
from offsetcheck.workshop.mutation.expressions import beside, changed
from offsetcheck.workshop.mutation.mutant import Kind, Mutant
from offsetcheck.workshop.step_tests import comes_out, day_of, difference

With = Callable[[Node], LoadedStep]


def of_step(rulebook: Rulebook, step: LoadedStep) -> Iterator[Mutant]:
    """Yield a step with each mistake that can be made in what it reads, computes and offers.

    The bounds of inputs and parts are left alone: they are what a number can be, and no choice.
    """
    document = document_of(rulebook, step)
    for name, trees in step.inputs.items():
        yield from _of_input(step, name, trees, document)
        if name in step.unless:
            yield from _of_unless(step, name, document)
    for name in step.parts:
        yield from _of_cases(_part(step, name), document)
    yield from _of_cases(_factor(step), document)
    for name, choices in step.file.choices.items():
        for index, one in enumerate(choices):
            yield from _of_choice(step, name, index, one, document)


def _of_input(
    step: LoadedStep, name: str, trees: tuple[Node, ...], document: Document
) -> Iterator[Mutant]:
    texts = step.file.inputs[name].first_of
    for index, (tree, text) in enumerate(zip(trees, texts, strict=True)):

        def made(new: Node, index: int = index) -> LoadedStep:
            read = (*trees[:index], new, *trees[index + 1 :])
            return replace(step, inputs={**step.inputs, name: read})

        where = _Where(step, f"inputs.{name}", ("inputs", name, "first_of", index), document)
        yield from _of_tree(tree, text, where, made)


def _of_unless(step: LoadedStep, name: str, document: Document) -> Iterator[Mutant]:
    where = _Where(step, f"inputs.{name}.unless", ("inputs", name, "unless"), document)

    def made(new: Node) -> LoadedStep:
        return replace(step, unless={**step.unless, name: new})

    text = step.file.inputs[name].unless or ""
    yield from _of_tree(step.unless[name], text, where, made)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where an expression of a step stands."""

    step: LoadedStep
    part: str
    steps: Steps
    document: Document


@dataclass(frozen=True, slots=True)
class _Formula:
    """The cases of a part or of the factor, and the step that has others in their place."""

    step: LoadedStep
    part: str
    steps: Steps
    written: tuple[Case, ...]
    trees: CaseTrees
    made: Callable[[CaseTrees], LoadedStep]


def _part(step: LoadedStep, name: str) -> _Formula:
    written, trees = step.file.parts[name].value, step.parts[name]

    def made(cases: CaseTrees) -> LoadedStep:
        return replace(step, parts={**step.parts, name: cases})

    return _Formula(step, f"parts.{name}", ("parts", name, "value"), written, trees, made)


def _factor(step: LoadedStep) -> _Formula:
    def made(cases: CaseTrees) -> LoadedStep:
        return replace(step, factor=cases)

    return _Formula(step, "factor", ("factor",), step.file.factor, step.factor, made)


def _of_cases(one: _Formula, document: Document) -> Iterator[Mutant]:
    alone = len(one.written) == 1 and one.written[0].when is None
    for index, (case, (when, value)) in enumerate(zip(one.written, one.trees, strict=True)):
        steps = one.steps if alone else (*one.steps, index, "value")
        where = _Where(one.step, one.part, steps, document)
        if when is not None and case.when is not None:
            asked = replace(where, steps=(*one.steps, index, "when"))
            yield from _of_tree(when, case.when, asked, _placed(one, index, value, is_when=True))
        yield from _of_tree(value, case.value, where, _placed(one, index, when, is_when=False))


def _placed(one: _Formula, index: int, other: Node | None, *, is_when: bool) -> With:
    """Return how a new condition or value takes its place in a case."""

    def made(new: Node) -> LoadedStep:
        case = (new, other) if is_when else (other, new)
        cases = (*one.trees[:index], case, *one.trees[index + 1 :])
        return one.made(cases)  # type: ignore[arg-type] # a case has a value

    return made


def _of_tree(tree: Node, text: str, where: _Where, made: With) -> Iterator[Mutant]:
    lead = len(text) - len(text.lstrip())
    for one in changed(tree):
        yield Mutant(
            one.kind,
            where.step.file.id,
            where.part,
            one.before,
            one.after,
            where.document.text_place(where.steps, max(one.at - 1, 0) + lead),
            step=made(one.tree),
        )


def _of_choice(
    step: LoadedStep, name: str, index: int, choice: Choice, document: Document
) -> Iterator[Mutant]:
    """Yield mistakes in the numbers that come with one choice."""
    listed = step.file.choices[name]
    for given, number in choice.gives.items():
        for other in beside(number):
            entry = choice.model_copy(update={"gives": {**choice.gives, given: other}})
            choices = {
                **step.file.choices,
                name: (*listed[:index], entry, *listed[index + 1 :]),
            }
            file = step.file.model_copy(update={"choices": choices})
            yield Mutant(
                Kind.THRESHOLD,
                step.file.id,
                f"choices.{name}.{choice.value}.{given}",
                str(number),
                str(other),
                document.value_place(("choices", name, index, "gives", given)),
                step=replace(step, file=file),
            )


@dataclass(slots=True)
class StepExaminer:
    """Runs the examples of steps on changed ones."""

    rulebook: Rulebook

    def told_by(self, step: LoadedStep) -> str | None:
        """Return the name of the first example that comes out differently on a changed step."""
        alone = replace(self.rulebook, steps={step.file.id: step})
        for example in step.file.tests:
            day = day_of(self.rulebook, self.rulebook.steps[step.file.id], example)
            if difference(example, comes_out(alone, step, example, day), day) is not None:
                return example.name
        return None

    def says_the_same(self, changed_step: LoadedStep) -> bool:
        """Whether a change is none because a factor or part is held within its bounds.

        One that is held to 0 to 1 is the same with 2 as with 1.
        """
        before = self.rulebook.steps[changed_step.file.id]
        pairs: list[tuple[CaseTrees, CaseTrees, tuple[float, float] | None]] = [
            (before.factor, changed_step.factor, SHARE)
        ]
        for name, part in before.file.parts.items():
            pairs.append((before.parts[name], changed_step.parts[name], part.range))
        differing = [
            (own[1], other[1], bounds)
            for cases, others, bounds in pairs
            for own, other in zip(cases, others, strict=True)
            if own != other
        ]
        return len(differing) == 1 and _is_held(*differing[0])


SHARE = (0.0, 1.0)


def _is_held(before: Node, after: Node, bounds: tuple[float, float] | None) -> bool:
    """Whether two values come to the same once they are held within bounds."""
    if bounds is None or before == after:
        return False
    ends = _end(before, bounds), _end(after, bounds)
    if None not in ends:
        return ends[0] == ends[1]
    match before, after:
        case Function(name=name, arguments=own), Function(name=other, arguments=others):
            if name != other or len(own) != len(others):
                return False
            moved = [pair for pair in zip(own, others, strict=True) if pair[0] != pair[1]]
            beyond = bounds[1] if name == "least" else bounds[0]
            return name in ("least", "greatest") and all(
                _end(one, bounds) == beyond for pair in moved for one in pair
            )
    return False


def _end(node: Node, bounds: tuple[float, float]) -> float | None:
    """Return a number held within bounds; None for what is no number by itself."""
    if isinstance(node, Constant) and isinstance(node.value, int | float):
        return min(max(float(node.value), bounds[0]), bounds[1])
    return None
