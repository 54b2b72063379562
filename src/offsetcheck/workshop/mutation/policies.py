"""Mistakes in the guide's scheme, in decisions, and in what cities and jurisdictions set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from offsetcheck.rulebook.files.guide import LOWEST_GRADE
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.policies.values import PolicyParameter
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.workshop.mutation.expressions import LEFT_OUT
from offsetcheck.workshop.mutation.mutant import Kind, Mutant
from offsetcheck.workshop.mutation.rules import other_values

GUIDE, DECISIONS = "guide.yaml", "decisions.yaml"
WEIGHT_STEP = 5  # in which dimensions are weighed
CUT_STEP = 0.1


def of_policies(rulebook: Rulebook) -> Iterator[Mutant]:
    """Yield a rulebook with each mistake outside its rules."""
    yield from of_guide(rulebook)
    yield from of_decisions(rulebook)
    for name, city in rulebook.cities.items():
        yield from _of_layer(_Layer(rulebook, "cities", name, city))
    for name, state in rulebook.jurisdictions.items():
        yield from _of_layer(_Layer(rulebook, "jurisdictions", name, state))


def with_parts(rulebook: Rulebook, **parts: object) -> Rulebook:
    """Return a rulebook with other parts; what serves from its tables is shared."""
    made = replace(rulebook, **parts)  # type: ignore[arg-type] # the parts are named by the callers
    made.__dict__["_served"] = rulebook.with_rules({}).__dict__["_served"]
    return made


def of_guide(rulebook: Rulebook) -> Iterator[Mutant]:
    """Yield each mistake in how findings become a score and a grade."""
    guide = rulebook.guide
    for name, entry in guide.dimensions.items():
        for key, value, others in _of_dimension(entry):
            for other in others:
                made = entry.model_copy(update={key: other})
                dimensions = {**guide.dimensions, name: made}
                steps = ("dimensions", name, key)
                yield _guide(rulebook, steps, value, other, {"dimensions": dimensions})
    for letter, cut in guide.grades.items():
        for moved in (round(cut - CUT_STEP, 3), round(cut + CUT_STEP, 3)):
            grades = {**guide.grades, letter: moved}
            yield _guide(rulebook, ("grades", letter), cut, moved, {"grades": grades})
    for other in _grades_beside(rulebook, guide.floor.integrity):
        floor = guide.floor.model_copy(update={"integrity": other})
        before = guide.floor.integrity
        yield _guide(rulebook, ("floor", "integrity"), before, other, {"floor": floor})
    ranked = guide.value_ranked_from
    for percent in (ranked - WEIGHT_STEP, ranked + WEIGHT_STEP):
        keys = {"value_ranked_from": percent}
        yield _guide(rulebook, ("value_ranked_from",), ranked, percent, keys)


def _of_dimension(entry: Any) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    for key in "integrity", "value":
        weight = getattr(entry, key)
        if weight is not None:
            yield key, weight, (weight - WEIGHT_STEP, weight + WEIGHT_STEP)
    if entry.ceiling is not None:
        lower = (entry.ceiling - 1,) if entry.ceiling >= 1 else ()
        yield "ceiling", entry.ceiling, (*lower, entry.ceiling + 1, None)


def _grades_beside(rulebook: Rulebook, grade: str) -> tuple[str, ...]:
    grades = (*rulebook.guide.grades, LOWEST_GRADE)
    if grade not in grades:
        return ()
    place = grades.index(grade)
    return (*grades[max(place - 1, 0) : place], *grades[place + 1 : place + 2])


def _guide(
    rulebook: Rulebook, steps: Steps, before: object, after: object, keys: Mapping[str, object]
) -> Mutant:
    made = rulebook.guide.model_copy(update=dict(keys))
    part = ".".join(map(str, steps))
    place = rulebook.documents[GUIDE].value_place(steps)
    change = partial(_with_part, "guide", made)
    return Mutant(Kind.GUIDE, GUIDE, part, _shown(before), _shown(after), place, change=change)


def of_decisions(rulebook: Rulebook) -> Iterator[Mutant]:
    """Yield the decisions without each way to a conclusion, each premise and each state."""
    written = rulebook.decisions
    for steps, before, made in _of_verdicts(written, ()):
        yield _decision(rulebook, steps, before, made)
    for steps, before, purchase in _of_verdicts(written.purchase, ("purchase",)):
        made = written.model_copy(update={"purchase": purchase})
        yield _decision(rulebook, steps, before, made)


def _of_verdicts(file: Any, above: Steps) -> Iterator[tuple[Steps, str, Any]]:
    for conclusion, ways in file.conclusions.items():
        for index, way in enumerate(ways):
            steps = (*above, "conclusions", conclusion, index)
            rest = (*ways[:index], *ways[index + 1 :])
            yield steps, _way(way), _with_ways(file, conclusion, rest)
            for before, other in _weaker(way):
                others = (*ways[:index], other, *ways[index + 1 :])
                yield steps, before, _with_ways(file, conclusion, others)


def _weaker(way: Any) -> Iterator[tuple[str, Any]]:
    for index, word in enumerate(way.all or ()):
        kept = (*way.all[:index], *way.all[index + 1 :])
        if kept:
            yield f"{word} of {_way(way)}", way.model_copy(update={"all": kept})
    for key in "any", "every":
        quantifier = getattr(way, key)
        states = quantifier.finding if quantifier is not None else ()
        for index, state in enumerate(states):
            kept = (*states[:index], *states[index + 1 :])
            if kept:
                fewer = quantifier.model_copy(update={"finding": kept})
                yield f"{state} of {_way(way)}", way.model_copy(update={key: fewer})


def _way(way: Any) -> str:
    if way.all is not None:
        return f"all: [{', '.join(way.all)}]"
    word, quantifier = ("any", way.any) if way.any is not None else ("every", way.every)
    who = quantifier.effect or quantifier.rule or quantifier.dimension
    return f"{word} {who} {' or '.join(quantifier.finding)}"


def _with_ways(file: Any, conclusion: str, ways: tuple[Any, ...]) -> Any:
    return file.model_copy(update={"conclusions": {**file.conclusions, conclusion: ways}})


def _decision(rulebook: Rulebook, steps: Steps, before: str, made: Any) -> Mutant:
    place = rulebook.documents[DECISIONS].value_place(steps)
    part = ".".join(str(step) for step in steps if isinstance(step, str))
    change = partial(_with_part, "decisions", made)
    return Mutant(Kind.DECISION, DECISIONS, part, before, LEFT_OUT, place, change=change)


@dataclass(frozen=True, slots=True)
class _Layer:
    """The file of a city or jurisdiction, and the rulebook that it is in."""

    rulebook: Rulebook
    folder: str
    name: str
    file: CityFile | Jurisdiction

    def mutant(self, steps: Steps, before: str, after: str, **keys: object) -> Mutant:
        """Return the rulebook with other keys in the file."""
        path = f"{self.folder}/{self.name}.yaml"
        files: Mapping[str, object] = getattr(self.rulebook, self.folder)
        other: object = {**files, self.name: self.file.model_copy(update=keys)}
        return Mutant(
            Kind.CITY,
            path,
            ".".join(map(str, steps[:2])),
            before,
            after,
            self.rulebook.documents[path].value_place(steps),
            change=partial(_with_part, self.folder, other),
            layer=self.name,
        )


def _with_part(name: str, part: object, rulebook: Rulebook) -> Rulebook:
    return with_parts(rulebook, **{name: part})


def _of_layer(layer: _Layer) -> Iterator[Mutant]:
    file = layer.file
    for full, parameter in file.parameters.items():
        for steps, before, after, other in _of_parameter(full, parameter):
            parameters = {**file.parameters, full: other}
            yield layer.mutant(steps, before, after, parameters=parameters)
    for index, change in enumerate(file.change):
        kept = (*file.change[:index], *file.change[index + 1 :])
        said = f"change of {change.rule}"
        yield layer.mutant(("change", index), said, LEFT_OUT, change=kept)
    for index, rule in enumerate(file.adopt_also):
        rest = (*file.adopt_also[:index], *file.adopt_also[index + 1 :])
        yield layer.mutant(("adopt_also", index), rule, LEFT_OUT, adopt_also=rest)
    if isinstance(file, CityFile) and file.floor is not None:
        for grade in _grades_beside(layer.rulebook, file.floor.integrity):
            floor = file.floor.model_copy(update={"integrity": grade})
            yield layer.mutant(("floor", "integrity"), file.floor.integrity, grade, floor=floor)


def _of_parameter(
    full: str, parameter: PolicyParameter
) -> Iterator[tuple[Steps, str, str, PolicyParameter]]:
    for day, entry in parameter.dated.items():
        for _, before, after, value in other_values(entry.value):
            if not parameter.values:
                other = parameter.model_copy(update={"value": value})
                yield ("parameters", full, "value"), before, after, other
                continue
            values = {**parameter.values, day: entry.model_copy(update={"value": value})}
            other = parameter.model_copy(update={"values": values})
            yield _steps_of(full, day), f"{before} from {day}", after, other


def _steps_of(full: str, day: date) -> Steps:
    return ("parameters", full, "values", day.isoformat(), "value")


def _shown(value: object) -> str:
    return "none" if value is None else str(value)
