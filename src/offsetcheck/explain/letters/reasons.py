"""Why an offer is not bought: each requirement with its clause, and how that clause was seen."""

from collections.abc import Iterator, Sequence

from offsetcheck.explain.letters.case import CaseOffer, LetterCase
from offsetcheck.explain.origins import PURCHASE
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.evidence import Cause, Standing
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.explanation import ChangedField
from offsetcheck.vocabulary.finding_explanation import (
    EvidenceLine,
    FindingLine,
    MissingLine,
    Status,
)
from offsetcheck.vocabulary.letter import LetterReason

REFUSED = frozenset({Status.NOT_MET, Status.NOT_DEMONSTRATED})
COUNTED = (*REFUSED, Status.MET, Status.OPEN, Status.NEEDS_PERSON)
MOST_RELIED_ON = 4


def refusing_lines(lot: CaseOffer) -> tuple[FindingLine, ...]:
    """Return the findings that the refusal of an offer follows from.

    Of an offer that stays undecided to the end they are those that its bidder left open.
    """
    lines = [line for line in lot.explained.findings if line.decides]
    if lot.verdict == Verdict.UNDECIDED.value:
        return tuple(line for line in lines if _is_left_open(line))
    return tuple(line for line in lines if line.status in REFUSED)


def _is_left_open(line: FindingLine) -> bool:
    return line.status is Status.OPEN and any(one.who is Who.SELLER for one in line.missing)


def reasons(lot: CaseOffer, case: LetterCase) -> tuple[LetterReason, ...]:
    """Return why an offer is refused: the requirements, and the grade where that is too low."""
    said = [_reason(line, case) for line in refusing_lines(lot)]
    return (*said, *([_grade_reason(lot, case)] if _is_below_floor(lot) else []))


def what_to_adopt(lot: CaseOffer, case: LetterCase) -> tuple[str, ...]:
    """Return what the city must adopt for a refusal to hold; nothing where one reason is stronger.

    A reason is weak where its weakest point is our own design that the city has not made its own,
    or a value that the city has not decided.
    """
    lines = refusing_lines(lot)
    weak = {line.rule: _undecided(line) or line.title for line in lines if _is_weak(line, case)}
    floor = _is_below_floor(lot)
    floor_is_weak = floor and case.setting.bound.city.floor_source.standing is Standing.DESIGN
    # Caps and scales refuse by the grade alone, and the grade against the floor.
    strong = [x for x in lines if x.rule not in weak and not (floor and x.effect in BY_GRADE)]
    if strong or (floor and not floor_is_weak and not weak) or not (weak or floor_is_weak):
        return ()
    words = case.wording.word("letters.adopt_floor", floor=case.setting.bound.city.floor)
    return (*dict.fromkeys(weak.values()), *([words] if floor_is_weak else []))


BY_GRADE = frozenset({"cap", "score"})


def met_words(lot: CaseOffer, wording: Wording) -> str:
    """Return how many of the requirements that apply are met."""
    counted = [line for line in lot.explained.findings if _is_requirement(line)]
    met = sum(line.status is Status.MET for line in counted)
    return wording.word("letters.met", met=met, count=len(counted))


def would_change_words(lot: CaseOffer, wording: Wording) -> str:
    """Return the smallest change that would have bettered the verdict, or that none was found."""
    smallest = lot.explained.what_if.smallest
    if smallest is None:
        return wording.word("letters.would_change_none")
    verdict = wording.word(f"verdict.{smallest.verdict}")
    said = "; ".join(_change_words(field, wording) for field in smallest.fields)
    return wording.word("letters.would_change", verdict=verdict, list=said)


def _change_words(field: ChangedField, wording: Wording) -> str:
    """Return a statement that would have to be another, with its evidence in plain words."""
    grade = wording.word(f"grade.{field.grade.split()[0]}")
    return wording.word("letters.change", title=field.title, value=field.after, grade=grade)


def _is_requirement(line: FindingLine) -> bool:
    return not line.draft and line.lower is None and line.status in COUNTED


def _reason(line: FindingLine, case: LetterCase) -> LetterReason:
    wording = case.wording
    unknown = open_words(line, line.missing, wording)
    shown = line.found or line.fails or unknown
    return LetterReason(
        requirement=line.title,
        stated=shown if line.status is Status.NOT_MET else unknown,
        required=line.requires,
        relied_on=relied_on(line, wording),
        basis=basis(line, case),
    )


def open_words(line: FindingLine, missing: Sequence[MissingLine], wording: Wording) -> str:
    """Return what is not known, in words for the one who could tell it."""
    said = []
    for one in missing:
        needed = wording.bound.rules[line.rule].at_least
        if one.cause == Cause.EVIDENCE_TOO_WEAK.value and needed is not None:
            grade = wording.word(f"grade.{needed.name}")
            said.append(wording.word("letters.too_weak", title=one.title, needed=grade))
        else:
            said.append(one.words)
    return " ".join(said) or wording.word("offer.unstated")


def basis(line: FindingLine, case: LetterCase) -> str:
    """Return on which clause a requirement rests, how it was seen, and what the city left open."""
    wording = case.wording
    said = _design(line, case) if line.standing == Standing.DESIGN.value else _cited(line, wording)
    left = _undecided(line)
    if not left:
        return said
    return f"{said} {wording.word('letters.undecided', city=wording.city(), list=left)}"


def _cited(line: FindingLine, wording: Wording) -> str:
    """Return the clause that a finding rests on at its weakest point, and how it was seen."""
    decided = [decider.source for decider in line.decided_by if decider.source]
    found = [x for x in (*decided, *line.sources) if x.standing == line.standing]
    clause = found[0].words if found else line.title
    return wording.word(f"letters.basis.{line.standing}", clause=clause)


def _design(line: FindingLine, case: LetterCase) -> str:
    """Return that a requirement is a design, who made it his own, and the text it builds on."""
    wording = case.wording
    key = "letters.adopted" if is_adopted(line, case) else "letters.basis.design"
    said, clause = wording.word(key, city=wording.city()), clause_of(line, wording)
    return f"{wording.word('letters.builds_on', clause=clause)} {said}" if clause else said


def clause_of(line: FindingLine, wording: Wording) -> str | None:
    """Return the text that a requirement builds on with how it was seen, None where it is none."""
    found = [source for source in line.sources if source.standing != Standing.DESIGN.value]
    if not found:
        return None
    said = found[0]
    return wording.word("letters.clause", clause=said.words, standing=said.standing_words)


def is_adopted(line: FindingLine, case: LetterCase) -> bool:
    """Whether the city has made a requirement its own: by name, or by a value that it set."""
    city = case.setting.bound.city.id
    own = any(p.layer == city and not p.undecided for p in line.parameters)
    return own or line.rule in case.adopted


def relied_on(line: FindingLine, wording: Wording) -> tuple[str, ...]:
    """Return the papers and tables behind a finding, each once."""
    papers = [words for e in line.evidence if (words := _paper(e, wording))]
    tables = [
        wording.word(
            "letters.relied_table",
            title=decider.title,
            source=decider.source.words,
            standing=decider.source.standing_words,
        )
        for decider in line.decided_by
        if decider.source and decider.source.standing != Standing.DESIGN.value
    ]
    return tuple(dict.fromkeys([*papers, *tables]))[:MOST_RELIED_ON]


def _paper(line: EvidenceLine, wording: Wording) -> str | None:
    """Return a value with its document and page, or that it is the bidder's own statement."""
    if line.document:
        key = "letters.relied_page" if line.page else "letters.relied"
        return wording.word(
            key, title=line.title, value=line.value, document=line.document, page=line.page
        )
    if not line.grade:
        return None
    if line.source == PURCHASE:
        own = wording.word("origin.purchase")
        return wording.word("letters.relied", title=line.title, value=line.value, document=own)
    if line.grade == "E4":
        return wording.word("letters.relied_offer", title=line.title, value=line.value)
    return wording.word(
        "letters.relied", title=line.title, value=line.value, document=line.grade_words
    )


def _is_weak(line: FindingLine, case: LetterCase) -> bool:
    design = line.standing == Standing.DESIGN.value and not is_adopted(line, case)
    return design or bool(_undecided(line))


def _undecided(line: FindingLine) -> str:
    return ", ".join(p.name for p in line.parameters if p.undecided)


def _is_below_floor(lot: CaseOffer) -> bool:
    bound = lot.context.setting.bound
    return lot.explained.grade.upper_score < bound.scheme.cut(bound.city.floor)


def _grade_reason(lot: CaseOffer, case: LetterCase) -> LetterReason:
    wording, city = case.wording, case.setting.bound.city
    standing = city.floor_source.standing
    named = source_line(city.floor_source, wording).words
    return LetterReason(
        requirement=wording.word("letters.grade"),
        stated=lot.explained.grade.words,
        required=wording.word("letters.grade_required", floor=city.floor),
        relied_on=tuple(_held_down(lot))[:MOST_RELIED_ON],
        basis=wording.word(f"letters.basis.{standing.value}", clause=named),
    )


def _held_down(lot: CaseOffer) -> Iterator[str]:
    """Yield what holds the grade down: the ceilings that bind, else the scales that decide."""
    ceilings = [line.title for line in lot.explained.grade.ceilings if line.binds]
    scales = [x.title for x in lot.explained.findings if x.decides and x.lower is not None]
    yield from ceilings or scales
