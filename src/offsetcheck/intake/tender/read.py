"""A tender folder: `purchase.yaml`, `offers.*`, and where there are such notes and records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.intake.asked import NOTHING_ASKED, Asked, ColumnsFile
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.mapping.read import COLUMNS_FILE
from offsetcheck.intake.notes.addressed import Terms
from offsetcheck.intake.notes.clarifications import TakenIn, apply_clarifications
from offsetcheck.intake.notes.evidence import apply_evidence
from offsetcheck.intake.notes.judgements import read_reviews, read_screenings
from offsetcheck.intake.registry.record import Record
from offsetcheck.intake.sinks.read import SINKS
from offsetcheck.intake.tables.sellers import alike_sellers
from offsetcheck.intake.tender.another import forms_of_another
from offsetcheck.intake.tender.offered import EXPECTED, FORMS, offers_files, offers_of
from offsetcheck.intake.tender.purchase import read_purchase
from offsetcheck.intake.tender.records import read_records
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, NoOffersError, Place, Problem, Severity
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.reading import BID_SHEET
from offsetcheck.vocabulary.table import CandidateTable

PURCHASE, EVIDENCE, CLARIFICATIONS = "purchase.yaml", "evidence.yaml", "clarifications.yaml"
SCREENING, REVIEWS = "screening.yaml", "reviews.yaml"
NOTES = (COLUMNS_FILE, CLARIFICATIONS, EVIDENCE, SCREENING, REVIEWS)
DECISION = "decision.yaml"  # what was decided afterwards: as of SINKS, no judgement reads it
NO_OFFERS = CandidateTable((), {}, "", (), BID_SHEET)


@dataclass(frozen=True, slots=True)
class Tender:
    """What a tender folder says: the purchase, the city it names, and the offers.

    `files` are the names of the files read, in order, each with the SHA-256 of its bytes;
    `input_hash` is the SHA-256 over the bytes of all of them in that order. `problems` holds those
    of every file, the offers' included. `registries` are the lists that the purchase names as
    records, in order, `rounds` the answers to requests for clarification that count.
    """

    purchase: Purchase
    city: str | None
    table: CandidateTable
    problems: tuple[Problem, ...]
    files: tuple[tuple[str, str], ...]
    input_hash: str
    registries: tuple[Record, ...] = ()
    rounds: tuple[TakenIn, ...] = ()


def read_tender(
    folder: Path,
    dictionary: Dictionary,
    *,
    until: date | None = None,
    known_today: bool = False,
    reviewable: Mapping[str, bool] | None = None,
    asked: Asked = NOTHING_ASKED,
) -> Tender:
    """Return a tender folder, with everything that is wrong with its files.

    Notes dated after `until` do not count (None: all do), but evidence does where what is
    `known_today` counts, nor do reviews of rules that are not `reviewable` (None: all are). `asked`
    is what a person says of how its lists are to be read. No file
    outside the folder is read, a link out of it neither. Raises InputError, with all problems found
    so far, where the purchase or the offers cannot be read at all.
    """
    contents = _contents(folder)
    purchase, found = read_purchase(contents[PURCHASE], PURCHASE, dictionary)
    records = read_records(
        contents[PURCHASE], PURCHASE, folder, tuple(contents), dictionary, asked=asked
    )
    own = _own_columns(contents, asked)
    table = offers_of(contents, dictionary, found, own)
    strange = (*alike_sellers(table), *forms_of_another(table, purchase))
    received = purchase.value("offers_received_on")
    terms = Terms(until, received if isinstance(received, date) else None, reviewable)
    known = replace(terms, until=None) if known_today else terms
    rounds: tuple[TakenIn, ...] = ()
    if CLARIFICATIONS in contents:
        said = contents[CLARIFICATIONS]
        table, rounds = apply_clarifications(table, said, CLARIFICATIONS, dictionary, known)
    if EVIDENCE in contents:
        table = apply_evidence(table, contents[EVIDENCE], EVIDENCE, dictionary, known)
    purchase, judged = _judgements(purchase, contents, table, terms)
    city = purchase.value("city")
    listed = [name for name, _ in records.contents]
    strangers = _strangers(folder, listed)
    problems = (*found, *records.problems, *table.problems, *strange, *judged, *strangers)
    contents |= records.contents
    return Tender(
        purchase=purchase,
        city=city if isinstance(city, str) else None,
        table=table,
        problems=problems,
        files=tuple((name, bytes_hash([data])) for name, data in contents.items()),
        input_hash=bytes_hash(contents.values()),
        registries=records.tables,
        rounds=rounds,
    )


def read_purchase_alone(
    folder: Path, dictionary: Dictionary, *, asked: Asked = NOTHING_ASKED
) -> Tender:
    """Return a tender as it is before any offer is in: its purchase and the records it names.

    Of a path that is no tender folder nothing is known, the city neither. Raises InputError where
    `purchase.yaml` cannot be read.
    """
    if not (folder / PURCHASE).is_file():
        return Tender(Purchase(), None, NO_OFFERS, (), (), "")
    data = _inside(folder / PURCHASE, folder)
    purchase, found = read_purchase(data, PURCHASE, dictionary)
    records = read_records(data, PURCHASE, folder, (PURCHASE, *NOTES), dictionary, asked=asked)
    contents = {PURCHASE: data, **dict(records.contents)}
    city = purchase.value("city")
    return Tender(
        purchase,
        city if isinstance(city, str) else None,
        NO_OFFERS,
        (*found, *records.problems),
        tuple((name, bytes_hash([one])) for name, one in contents.items()),
        bytes_hash(contents.values()),
        records.tables,
    )


def purchase_bytes(folder: Path) -> bytes:
    """Return the bytes of a tender's purchase; InputError for none, or a link out of the folder."""
    return _inside(folder / PURCHASE, folder)


def offers_in(folder: Path, dictionary: Dictionary) -> CandidateTable:
    """Return the offers of a tender folder as their sellers state them, without officers' notes.

    What sellers have answered later is among it. Raises InputError for what `read_tender` refuses.
    """
    contents = _contents(folder)
    table = offers_of(contents, dictionary, (), _own_columns(contents, NOTHING_ASKED))
    if CLARIFICATIONS in contents:
        said = contents[CLARIFICATIONS]
        table, _ = apply_clarifications(table, said, CLARIFICATIONS, dictionary)
    return table


def offers_file(folder: Path) -> Path:
    """Return the list of offers of a tender folder; raises InputError where it has not just one."""
    problems: list[Problem] = []
    found = offers_files(folder, problems)
    if found and found[0].parent.name == FORMS and found[0].parent != folder:
        message = "the offers are forms, whose answers are told by their marks"
        problems.append(Problem(message, Place(folder.name), "no columns need to be said"))
    if problems:
        raise InputError(problems)
    return found[0]


def _own_columns(contents: Mapping[str, bytes], asked: Asked) -> Asked:
    """Return how the offers are to be read, with what the folder says of their columns."""
    data = contents.get(COLUMNS_FILE)
    return asked if data is None else replace(asked, columns=ColumnsFile(COLUMNS_FILE, data))


def _contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of a tender's files in their fixed order; all missing ones at once."""
    if not folder.is_dir():
        raise InputError([Problem("there is no such folder", Place(folder.name), EXPECTED)])
    problems: list[Problem] = []
    contents: dict[str, bytes] = {}
    offers = offers_files(folder, problems)
    for path in (folder / PURCHASE, *offers, *_notes(folder)):
        try:
            contents[path.relative_to(folder).as_posix()] = _inside(path, folder)
        except InputError as error:
            problems += error.problems
    if problems:
        lacks_offers_alone = not offers and len(problems) == 1
        raise NoOffersError(problems) if lacks_offers_alone else InputError(problems)
    return contents


def _notes(folder: Path) -> Sequence[Path]:
    return [
        folder / name for name in NOTES if (folder / name).is_symlink() or (folder / name).exists()
    ]


def _inside(path: Path, folder: Path) -> bytes:
    """Return the bytes of a file of the folder; a link that leads out of it is refused."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError([Problem("the file is a link out of the folder", Place(path.name))])
    return read_bytes(path)


def _judgements(
    purchase: Purchase, contents: Mapping[str, bytes], table: CandidateTable, terms: Terms
) -> tuple[Purchase, Sequence[Problem]]:
    problems: Sequence[Problem] = []
    if SCREENING in contents:
        screenings, found = read_screenings(contents[SCREENING], SCREENING, table, terms)
        purchase, problems = replace(purchase, screenings=screenings), [*problems, *found]
    if REVIEWS in contents:
        reviews, found = read_reviews(contents[REVIEWS], REVIEWS, table, terms)
        purchase, problems = replace(purchase, reviews=reviews), [*problems, *found]
    return purchase, problems


def _strangers(folder: Path, listed: Sequence[str]) -> list[Problem]:
    """Note YAML files that nobody reads: a misspelt name would pass unseen."""
    known = {PURCHASE, *NOTES, DECISION, SINKS, *listed}
    return [
        Problem(
            f"{path.name} is not read",
            Place(path.name),
            f"the files of a tender are {PURCHASE}, offers.*, {', '.join(NOTES)}",
            Severity.WARNING,
        )
        for path in sorted(folder.iterdir())
        if path.suffix.casefold() in {".yaml", ".yml"}
        and path.name not in known
        and path.stem != "offers"
    ]
