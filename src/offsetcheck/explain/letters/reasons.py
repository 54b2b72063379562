"""Why an offer is not bought: each requirement with its clause, and how that clause was seen."""

from collections.abc import Iterator

from offsetcheck.explain.letters.case import LetterCase, Lot
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.explained import SourceLine
from offsetcheck.vocabulary.finding_explanation import EvidenceLine, FindingLine, Status
from offsetcheck.vocabulary.letter import LetterReason

REFUSED = frozenset({Status.NOT_MET, Status.NOT_DEMONSTRATED})
COUNTED = (*REFUSED, Status.MET, Status.OPEN, Status.NEEDS_PERSON)
MOST_RELIED_ON = 6


def refusing_lines(lot: Lot) -> tuple[FindingLine, ...]:
    """Return the findings that the refusal of an offer follows from."""
    lines = lot.explained.findings
    return tuple(line for line in lines if line.decides and line.status in REFUSED)


def reasons(lot: Lot, case: LetterCase) -> tuple[LetterReason, ...]:
    """Return why an offer is refused: the requirements, and the grade where that is too low."""
    said = [_reason(line, case) for line in refusing_lines(lot)]
    return (*said, *([_grade_reason(lot, case)] if _is_below_floor(lot) else []))


def what_to_adopt(lot: Lot, case: LetterCase) -> tuple[str, ...]:
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


def met_words(lot: Lot, wording: Wording) -> str:
    """Return how many of the requirements that apply are met."""
    counted = [line for line in lot.explained.findings if _is_requirement(line)]
    met = sum(line.status is Status.MET for line in counted)
    return wording.word("letters.met", met=met, count=len(counted))


def would_change_words(lot: Lot, wording: Wording) -> str:
    """Return the smallest change that would have bettered the verdict, or that none was found."""
    smallest = lot.explained.what_if.smallest
    if smallest is None:
        return wording.word("letters.would_change_none")
    return wording.word("letters.would_change", change=smallest.words)


def _is_requirement(line: FindingLine) -> bool:
    return not line.draft and line.lower is None and line.status in COUNTED


def _reason(line: FindingLine, case: LetterCase) -> LetterReason:
    wording = case.wording
    unknown = line.unknown or wording.word("offer.unstated")
    shown = line.found or line.fails or unknown
    return LetterReason(
        requirement=line.title,
        stated=unknown if line.status is Status.NOT_DEMONSTRATED else shown,
        required=line.requires,
        relied_on=relied_on(line, wording),
        basis=basis(line, case),
    )


def basis(line: FindingLine, case: LetterCase) -> str:
    """Return on which clause a requirement rests, how it was seen, and what the city left open."""
    wording, clause = case.wording, clause_of(line)
    key = f"letters.basis.{Standing(line.standing).value}"
    if line.standing == Standing.DESIGN.value and is_adopted(line, case):
        key = "letters.adopted"
    said = wording.word(key, clause=clause, city=wording.city())
    left = _undecided(line)
    if not left:
        return said
    return f"{said} {wording.word('letters.undecided', city=wording.city(), list=left)}"


def clause_of(line: FindingLine) -> str:
    """Return the clause that a finding rests on at its weakest point."""
    decided = [decider.source for decider in line.decided_by if decider.source]
    weakest = [x for x in (*decided, *line.sources) if x.standing == line.standing]
    found: list[SourceLine] = weakest or list(line.sources)
    return found[0].words if found else line.title


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


def _is_below_floor(lot: Lot) -> bool:
    bound = lot.context.setting.bound
    return lot.explained.grade.upper_score < bound.scheme.cut(bound.city.floor)


def _grade_reason(lot: Lot, case: LetterCase) -> LetterReason:
    wording, city = case.wording, case.setting.bound.city
    standing = city.floor_source.standing
    guide = case.setting.bound.guides.get(city.floor_source.guide or "")
    clause = ", ".join(filter(None, (guide.title if guide else None, city.floor_source.clause)))
    named = clause or wording.word("letters.grade")
    return LetterReason(
        requirement=wording.word("letters.grade"),
        stated=lot.explained.grade.words,
        required=wording.word("letters.grade_required", floor=city.floor),
        relied_on=tuple(_held_down(lot))[:MOST_RELIED_ON],
        basis=wording.word(f"letters.basis.{standing.value}", clause=named, city=wording.city()),
    )


def _held_down(lot: Lot) -> Iterator[str]:
    """Yield what holds the grade down: the ceilings that bind, else the scales that decide."""
    ceilings = [line.title for line in lot.explained.grade.ceilings if line.binds]
    scales = [x.title for x in lot.explained.findings if x.decides and x.lower is not None]
    yield from ceilings or scales
