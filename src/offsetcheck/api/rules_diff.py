"""Two rulebooks compared for an author: what means something else, and what it does to lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from offsetcheck.api.account import account_of
from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import read_input
from offsetcheck.api.city import city_hint
from offsetcheck.api.progress import Progress, unwatched
from offsetcheck.api.request import Request
from offsetcheck.api.rule_sources import RuleSource
from offsetcheck.difference.meaning.compare import MeaningDifference, compare_meaning
from offsetcheck.difference.meaning.errors import errors_of
from offsetcheck.difference.meaning.model import Books, Change
from offsetcheck.difference.meaning.told import MeaningNarrator, texts_told
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.rules_effect import JudgedTwice, effect_on
from offsetcheck.difference.turned import Told
from offsetcheck.explain.wording import Wording
from offsetcheck.intake.tender.read import Tender
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.files.history import HISTORY_FILE, HistoryNote, read_history
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.explained import ProblemLine
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place, Problem, RequestError
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.rules_diff import ListEffect, RulesDiffExplanation

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """On which day rulebooks are compared, and on which lists for which cities they are tried.

    A list without cities is tried for all that `cities` names; a tender names its own where none
    is named. `shown` is how many offers that turn are named one by one.
    """

    day: date
    lists: tuple[Path, ...] = ()
    cities: tuple[str, ...] = ()
    language: str = "en"
    shown: int = SHOWN


@dataclass(frozen=True, slots=True)
class RulesDiff:
    """Two rulebooks compared, explained, with the words of its page.

    `errors` are changes of days past without a note, `problems` and `readings` those of the lists.
    """

    explained: RulesDiffExplanation
    found: MeaningDifference
    words: Mapping[str, str]
    errors: tuple[Problem, ...]
    problems: tuple[Problem, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass
class _Lists:
    """What lists did, and how they were read."""

    effects: list[ListEffect] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


def diff_rules(
    old: RuleSource, new: RuleSource, asked: Asked, progress: Progress = unwatched
) -> RulesDiff:
    """Return what differs in the meaning of two rulebooks, and what it does to lists.

    Raises RequestError for a city or language that is not there, InputError for a list that cannot
    be read.
    """
    books = Books(old.rulebook, new.rulebook, asked.day)
    found = compare_meaning(books, _notes(old), _notes(new))
    places = _places(found, old, new)
    speech = _speech(new.rulebook, asked)
    narrator = MeaningNarrator(found, speech, [str(places[id(one)]) for one in found.changes])
    errors = tuple(errors_of(found, places))
    tried = _tried(old.rulebook, new.rulebook, asked, progress)
    explained = RulesDiffExplanation(
        language=asked.language,
        old=old.label,
        new=new.label,
        day=asked.day.isoformat(),
        title=speech.say("rules_diff.title", old=old.label, new=new.label),
        day_words=speech.say("rules_diff.day", day=speech.wording.day(asked.day)),
        summary=_summary(found, speech),
        errors_words=speech.say("rules_diff.errors" if errors else "rules_diff.errors_none"),
        errors=tuple(map(_line, errors)),
        groups=narrator.groups(),
        texts=texts_told(found, speech),
        effects=tuple(tried.effects),
        reproduce=_reproduced(old, new, asked),
    )
    problems, readings = tuple(tried.problems), tuple(tried.readings)
    return RulesDiff(explained, found, speech.words, errors, problems, readings)


def _notes(source: RuleSource) -> tuple[HistoryNote, ...]:
    return read_history(source.document(HISTORY_FILE), Problems())


def _speech(rulebook: Rulebook, asked: Asked) -> Speech:
    day = max(asked.day, rulebook.first_day)
    return Speech(Wording(bind_guide(rulebook, day), asked.language))


def _summary(found: MeaningDifference, speech: Speech) -> str:
    count = len(found.changes)
    if not count:
        return speech.say("rules_diff.same")
    return speech.wording.counted("rules_diff.summary", count, errors=len(found.unnoted))


def _places(found: MeaningDifference, old: RuleSource, new: RuleSource) -> dict[int, Place]:
    """Return where each change stands: in the newer rulebook, what is gone in the older."""
    documents: dict[tuple[str, str], Document | None] = {}

    def document(source: RuleSource, path: str) -> Document | None:
        key = (source.start, path)
        if key not in documents:
            documents[key] = source.document(path) if path.endswith(".yaml") else None
        return documents[key]

    def place(change: Change) -> Place:
        source = new if change.file in new.walked.files else old
        where = Place(f"{source.start}{change.file}")
        if change.file.endswith(".csv"):
            line = next((step for step in change.steps if isinstance(step, int)), None)
            return replace(where, line=line)
        read = document(source, change.file)
        if read is None:
            return where
        line, column = read.key_mark(change.steps)
        return replace(where, line=line, column=column)

    return {id(change): place(change) for change in found.changes}


def _line(problem: Problem) -> ProblemLine:
    return ProblemLine(
        severity=problem.severity.value, place=str(problem.place), message=problem.message,
        hint=problem.hint,
    )  # fmt: skip


def _reproduced(old: RuleSource, new: RuleSource, asked: Asked) -> str:
    words = [f"offsetcheck rules diff {old.named} {new.named} --as-of {asked.day.isoformat()}"]
    words += [f"--on {path.resolve().name}" for path in asked.lists]
    words += [f"--city {city}" for city in asked.cities]
    return " ".join(words)


def _tried(old: Rulebook, new: Rulebook, asked: Asked, progress: Progress) -> _Lists:
    """Return what the newer rules do to each list for each city, lists in the order given."""
    tried = _Lists()
    if asked.cities and not asked.lists:
        hint = "add `--on LIST`, which the change is tried on"
        raise RequestError.about("tried_cities", "a city alone says nothing of offers", hint)
    for city in asked.cities:
        _check_city(city, old, new)
    reading = replace(new, dictionary=_with_both(old.dictionary, new.dictionary))
    for path in asked.lists:
        tender = read_input(path, reading, asked.day, asked=_request(path, asked).asked_of_offers())
        readings, problems = account_of(tender)
        tried.readings.extend(readings)
        tried.problems.extend(problems)
        for city in _cities(path, tender, old, new, asked):
            what = f"{path.resolve().name} for {city}, rows under both rules"
            told = partial(_told, progress, what)
            tried.effects.append(_effect(path, tender, city, (old, new), asked, told))
    return tried


def _request(path: Path, asked: Asked) -> Request:
    return Request(path, None, asked.day)


def _with_both(old: Dictionary, new: Dictionary) -> Dictionary:
    """Return the newer dictionary with the fields that only the older one has."""
    groups = {
        name: {**getattr(old, name), **getattr(new, name)}
        for name in ("candidate", "purchase", "portfolio", "documents")
    }
    return new.model_copy(update=groups)


def _cities(
    path: Path, tender: Tender, old: Rulebook, new: Rulebook, asked: Asked
) -> Sequence[str]:
    named = asked.cities or ((tender.city,) if tender.city else ())
    if not named:
        hint = f"add `--city`, one of {', '.join(sorted(new.cities))}"
        raise RequestError.about("tried_cities", f"`{path}` names no city", hint)
    for city in named:
        _check_city(city, old, new)
    return named


def _check_city(city: str, old: Rulebook, new: Rulebook) -> None:
    """Raise RequestError for a city that one of the rulebooks does not hold."""
    for book, which in ((old, "older"), (new, "newer")):
        if city not in book.cities:
            hint = city_hint(city, sorted(book.cities))
            raise RequestError.about(
                "tried_cities", f"the {which} rules hold no city `{city}`", hint
            )


def _effect(
    path: Path,
    tender: Tender,
    city: str,
    books: tuple[Rulebook, Rulebook],
    asked: Asked,
    told: Told,
) -> ListEffect:
    before, after = (bound_on(book, city, asked.day) for book in books)
    name = path.resolve().name
    judged = JudgedTwice(name, tender.table, tender.purchase, before, after, tender.files)
    return effect_on(judged, Speech(Wording(after, asked.language)), asked.shown, told)


def _told(progress: Progress, what: str, done: int, total: int) -> None:
    progress(done, total, what)
