"""How a verdict follows, step by step, in words: each closed word of decisions as a sentence."""

from collections.abc import Iterable

from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import ProofStep
from offsetcheck.vocabulary.explanation import ProofLine

INTEGRITY = "integrity"
VALUE = "value"


def proof_lines(steps: Iterable[ProofStep], wording: Wording) -> tuple[ProofLine, ...]:
    """Return each step of a proof, with its words beside the closed words of the engine."""
    return tuple(
        ProofLine(
            conclusion=step.conclusion,
            premises=step.premises,
            words=_conclusion(step.conclusion, wording),
            premises_words=tuple(_premise(premise, wording) for premise in step.premises),
        )
        for step in steps
    )


def _conclusion(name: str, wording: Wording) -> str:
    """Return a conclusion by the words of its verdict; one of a rulebook's own by its name."""
    return wording.words.get(f"verdict.{name}", name.replace("_", " "))


def _premise(premise: str, wording: Wording) -> str:
    match premise.split():
        case [rule, "is", state] if rule in wording.bound.rules:
            title = wording.rule_title(wording.bound.rules[rule]).rstrip(".")
            return wording.word(f"proof.rule.{state}", title=title)
        case [name, "below_floor" | "floor_open" | "reaches_floor" as word]:
            floor = wording.bound.city.floor
            return wording.word(f"proof.{word}", name=_score(name, wording), floor=floor)
        case [name, "at_best" | "at_worst" as word, letter]:
            return wording.word(f"proof.{word}", name=_score(name, wording), grade=letter)
        case ["every_gate_clear" | "condition_stands" as word]:
            return wording.word(f"proof.{word}")
    return _conclusion(premise, wording)


def _score(name: str, wording: Wording) -> str:
    if name == INTEGRITY:
        return wording.word("report.grade")
    return wording.word("report.value") if name == VALUE else wording.dimension(name)
