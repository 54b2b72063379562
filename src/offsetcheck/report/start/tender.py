"""The files of a new tender's folder: purchase, evidence, screening, reviews, and what to do."""

import shlex
from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.explain.templates import fill
from offsetcheck.report.start.lines import (
    INSET,
    comment,
    commented,
    listed_words,
    one_line,
    paragraphs,
    quoted,
    text_of,
)
from offsetcheck.vocabulary.start import StartField, TenderStart

PURCHASE, EVIDENCE = "purchase.yaml", "evidence.yaml"
SCREENING, REVIEWS = "screening.yaml", "reviews.yaml"
README = "README.md"
EXAMPLE_OFFER, EXAMPLE_DAY = "VCS9001", "2026-09-20"
Words = Mapping[str, str]
AWARD = (
    "award:",
    "  lots: divisible",
    "  min_removal_share: 0.2",
    "  max_share: {project: 0.6, seller: 0.75}",
    "  min_grade: C",
    "  max_price: 40",
    "  weights: {price: 40, integrity: 50, value: 10}",
    "  price_points: lowest_over_price",
)
STEPS = (
    "start.tender.fill",
    "start.tender.form",
    "start.tender.answers",
    "start.tender.confirm",
    "start.tender.search",
    "start.tender.judge",
    "start.tender.clarify",
    "start.tender.settle",
    "start.tender.award",
    "start.tender.letters",
    "start.tender.claim",
)
COMMANDS = {
    "clarify": "questionnaire make {folder} --clarification --seller … -o round-1.xlsx",
    "merge": "questionnaire merge {folder} answers.xlsx",
    "award": "award {folder} --draft-decision {folder}/decision.yaml",
    "letters": "letters make {folder} -o letters",
    "claim": "claim show {folder}",
}


def tender_files(start: TenderStart, words: Words, folder: str, form: str) -> dict[str, str]:
    """Return the texts of a new tender's files by name.

    `folder` is how commands name the folder, `form` is the name of the bid form in it.
    """
    return {
        README: text_of(_readme(start, words, folder, form)),
        PURCHASE: text_of(_purchase(start, words)),
        EVIDENCE: text_of(_evidence(start, words)),
        SCREENING: text_of(_screening(start, words)),
        REVIEWS: text_of(_reviews(start, words)),
    }


def filled(words: Words, key: str, **values: str) -> str:
    """Return the sentence of a key with its {names} filled in."""
    return fill(words[key], values.get) or words[key]


def _purchase(start: TenderStart, words: Words) -> Iterator[str]:
    yield from comment(filled(words, "start.purchase.head", city=start.city))
    yield from comment(words["start.purchase.papers"])
    yield ""
    yield from comment(words["start.purchase.itself"])
    for field in start.itself:
        yield from _field(field, words)
    yield ""
    yield from _example(words, "start.purchase.registry", ["registry:", "  - verra-2026-09-01.csv"])
    yield ""
    rates = "{rate: 0.92, on: 2026-09-01, source: European Central Bank}"
    yield from _example(words, "start.purchase.rates", ["exchange_rates:", f"  USD: {rates}"])
    yield ""
    yield from _example(words, "start.purchase.award", AWARD)
    yield ""
    yield from comment(filled(words, "start.purchase.asked", city=start.city))
    for field in start.asked:
        yield from _field(field, words)
    yield ""
    yield from comment(filled(words, "start.purchase.spare", city=start.city))
    for field in start.spare:
        yield from _spare(field)


def _field(field: StartField, words: Words) -> Iterator[str]:
    yield ""
    yield from _about(field)
    value = "" if field.value is None else f" {quoted(field.value)}"
    mark = f"  # ← {words['start.field.fill_in']}" if field.needed else ""
    yield f"{field.name}:{value}{mark}"


def _about(field: StartField) -> Iterator[str]:
    yield from comment(field.title)
    for said in (field.question, field.note, field.form):
        if said:
            yield from comment(said)
    yield from listed_words(field.words)
    if field.rules:
        yield from comment(field.rules)


def _spare(field: StartField) -> Iterator[str]:
    yield ""
    yield from _about(field)
    yield from commented([f"{field.name}:"])


def _example(words: Words, key: str, lines: Iterable[str]) -> Iterator[str]:
    yield from comment(words[key])
    yield from commented(lines)


def _evidence(start: TenderStart, words: Words) -> Iterator[str]:
    by = [f"  by: {words['start.example.officer']}", f"  on: {EXAMPLE_DAY}"]
    yield from paragraphs(words, "start.evidence.head", "start.evidence.todo")
    yield "#"
    yield from comment(words["start.evidence.kinds"])
    for paper in start.papers:
        yield from comment(paper, inset=INSET)
    yield ""
    yield from comment(words["start.evidence.confirmed"])
    yield "confirmed: []"
    yield from commented([
        f"- offer: {EXAMPLE_OFFER}", "  values: {monitoring_years: 40}",
        f"  document: {words['start.example.paper']}", "  kind: risk_report", '  page: "12"',
        "  as_of: 2025-03-01", *by,
    ])  # fmt: skip
    yield ""
    yield from comment(words["start.evidence.found"])
    yield "found: []"
    yield from commented([
        f"- offer: {EXAMPLE_OFFER}", "  field: retired", "  value: 193202",
        "  kind: registry_record", f"  source: {words['start.example.registry']}",
        "  as_of: 2026-09-18", *by,
    ])  # fmt: skip


def _screening(start: TenderStart, words: Words) -> Iterator[str]:
    yield from paragraphs(words, "start.screening.head", "start.screening.todo")
    yield from comment(words["start.screening.rules"])
    yield from listed_words(start.searches)
    yield ""
    yield "screenings: []"
    yield from commented([
        f"- by: {words['start.example.officer']}", f"  on: {EXAMPLE_DAY}",
        f"  sources: [{quoted(words['start.example.source'])}]", f"  offers: [{EXAMPLE_OFFER}]",
    ])  # fmt: skip


def _reviews(start: TenderStart, words: Words) -> Iterator[str]:
    yield from paragraphs(words, "start.reviews.head", "start.reviews.todo")
    yield from comment(words["start.reviews.rules" if start.reviews else "start.reviews.none"])
    yield from listed_words(start.reviews)
    yield ""
    yield "reviews: []"
    rule = start.reviews[0].id if start.reviews else "double_counting.other_listing"
    yield from commented([
        f"- offer: {EXAMPLE_OFFER}", f"  rule: {rule}", "  judgement: clear",
        f"  reason: {quoted(words['start.example.reason'])}",
        f"  by: {words['start.example.officer']}", f"  role: {words['start.example.role']}",
        f"  on: {EXAMPLE_DAY}",
    ])  # fmt: skip


def _readme(start: TenderStart, words: Words, folder: str, form: str) -> Iterator[str]:
    named = shlex.quote(folder)
    yield f"# {one_line(filled(words, 'start.tender.head', city=start.city))}"
    yield ""
    yield words["start.tender.intro"]
    yield ""
    out = shlex.quote(f"{folder.rstrip('/')}/{form}")
    command = f"offsetcheck questionnaire make {named} -o {out} --lang {start.language} --force"
    place = named.rstrip("/")
    others = {name: f"offsetcheck {c.format(folder=place)}" for name, c in COMMANDS.items()}
    for number, key in enumerate(STEPS, start=1):
        yield f"{number}. {filled(words, key, form=form, command=command, **others)}"
    yield ""
    yield from _command(words["start.tender.assess"], f"offsetcheck assess {named} -o out")
    yield from _command(words["start.tender.one"], f"offsetcheck explain {named} {EXAMPLE_OFFER}")


def _command(said: str, line: str) -> Iterator[str]:
    yield said
    yield ""
    yield "```sh"
    yield line
    yield "```"
    yield ""
