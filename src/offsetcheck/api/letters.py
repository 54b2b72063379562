"""The order of the rooms for letters: a tender and a decision -> one letter to each bidder."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.decision import decision_of
from offsetcheck.api.judge import judge_one
from offsetcheck.api.letter_checks import check_awards
from offsetcheck.api.letter_forms import (
    PDF,
    check_formats,
    why_instead,
    word_templates_unused,
    written_formats,
)
from offsetcheck.api.letter_language import LetterLanguages, told
from offsetcheck.api.output import PROGRAM, result_folder
from offsetcheck.api.request import Request
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.letters.allowed import letter_to
from offsetcheck.explain.letters.case import CaseOffer, LetterCase, name_key
from offsetcheck.explain.letters.disclosure import Guard, disclosed, guard_of, leaks_of
from offsetcheck.explain.letters.equal import unequal_questions
from offsetcheck.explain.letters.own_words import own_words
from offsetcheck.explain.letters.report import report
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import setting
from offsetcheck.explain.wording import check_language
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.report.letters.file import LetterFile, letter_file
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.decision import Decision
from offsetcheck.vocabulary.letter import Letter, LetterKind, Withheld
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError

ENGLISH = "en"
LONGEST_NAME = 80  # characters of a file's name, its suffix apart


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter, as data and as a file; `name` is that of the file, without its folder."""

    letter: Letter
    file: LetterFile
    name: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a tender, those that are not written with the reason, and remarks.

    `languages` say of letters whose language nobody asked for which one it is, and why.
    """

    case: Case
    written: tuple[WrittenLetter, ...]
    withheld: tuple[Withheld, ...]
    remarks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass
class _Desk:
    """One tender while its letters are made: judged once in each language that is needed."""

    case: Case
    decision: Decision | None
    adopted: frozenset[str]
    languages: LetterLanguages
    cases: dict[str, LetterCase] = field(default_factory=dict)
    guards: dict[tuple[str, str], Guard] = field(default_factory=dict)

    def in_language(self, language: str) -> LetterCase:
        """Return the tender explained in a language."""
        if language not in self.cases:
            self.cases[language] = _letter_case(self.case, language, self.decision, self.adopted)
        return self.cases[language]

    def guard(self, language: str, seller: str) -> Guard:
        """Return what of other bidders a letter to one may not hold."""
        if (language, seller) not in self.guards:
            case = self.in_language(language)
            ours = own_words(case.setting)
            self.guards[language, seller] = guard_of(case, seller, ours)
        return self.guards[language, seller]


def letters(
    request: Request,
    rulebook: Rulebook,
    *,
    kinds: Sequence[str] = (),
    sellers: Sequence[str] = (),
    formats: Sequence[str] = ("docx",),
    names: Sequence[str] = (),
    language: str | None = None,
    officers: str = ENGLISH,
    templates: Path | None = None,
) -> Letters:
    """Return the letters that the stage and the decision of a tender folder allow.

    `kinds` and `sellers` narrow them down, and so do `names` of files without their ending. What
    the officer is told of them is in the language `officers`. A letter is in `language`, else in
    the bidder's own as `decision.yaml` states it or his form was in, else in the city's first that
    has words. Without `templates`, a city's own are used. Raises RequestError for what is not
    there, InputError for a decision or template that cannot be used, and for a letter that would
    tell a bidder what belongs to another.
    """
    wanted = _kinds(kinds)
    check_formats(formats)
    if request.path.exists() and not request.path.is_dir():
        raise RequestError.whole("letters are written for a tender folder", "name its folder")
    case = open_case(request, rulebook)
    desk = _desk(case, language)
    base = desk.in_language(language or officers)
    if desk.decision is not None:
        check_awards(base)
    chosen = _sellers(sellers, base)
    written, withheld = [], list(_nameless(base))
    for kind in wanted:
        for made in _made(kind, desk, chosen if kind is not LetterKind.REPORT else (None,), base):
            if isinstance(made, Withheld):
                withheld.append(made)
            else:
                written.append(made)
    asked = [x.bidder.name for x in written if x.letter is LetterKind.CLARIFICATION and x.bidder]
    own = templates or case.templates
    files = _written(written, desk, written_formats(formats), names, own)
    spoken = told(desk.languages, (one.bidder.name if one.bidder else None for one in written))
    remarks = (
        *case.remarks,
        *unequal_questions(base, asked),
        *_of_forms(formats, written, own, base),
    )
    return Letters(case, files, tuple(withheld), remarks, tuple(spoken))


def _of_forms(
    formats: Sequence[str], made: Sequence[Letter], templates: Path | None, base: LetterCase
) -> Iterator[str]:
    words = base.wording.words
    yield from why_instead(formats, words)
    if PDF in written_formats(formats):
        yield from word_templates_unused(made, templates, words)


def write_letters(
    made: Letters, folder: Path, *, replace: bool = False, command: str = PROGRAM
) -> tuple[Path, ...]:
    """Write letters into a folder, whole or not at all; return their paths.

    Raises RequestError where there is none to write, OutputError for a folder that may not be
    written.
    """
    if not made.written:
        why = [f"{one.letter.value}: {one.reason}" for one in made.withheld]
        raise RequestError.whole("no letter can be written", "; ".join(dict.fromkeys(why)) or None)
    with result_folder(folder, replace=replace, command=command) as making:
        making.refuse([one.name for one in made.written])
        for one in made.written:
            (making.draft / one.name).write_bytes(one.file.data)
    return tuple(folder / one.name for one in made.written)


def _desk(case: Case, language: str | None) -> _Desk:
    decision = decision_of(case)
    for known in (decision.bidders if decision else {}).values():
        if known.language is not None:
            _check_bidder_language(known.language, known.place, case.chosen.rulebook)
    policy = case.chosen.rulebook.cities[case.bound.city.id]
    adopted = frozenset((*(policy.adopted or ()), *policy.adopt_also))
    return _Desk(case, decision, adopted, LetterLanguages(case, decision, language))


def _check_bidder_language(language: str, place: Place, rulebook: Rulebook) -> None:
    try:
        check_language(language, rulebook.words)
    except RequestError as error:
        first = error.problems[0]
        raise InputError([Problem(first.message, place, first.hint)]) from error


def _letter_case(
    case: Case, language: str, decision: Decision | None, adopted: frozenset[str]
) -> LetterCase:
    own = case.setting
    made = setting(case.bound, case.purchase, language, own.origin, own.steps)
    purchase = explain_purchase(made, assess_purchase(case.purchase, case.bound))
    lots = []
    for candidate in case.table.candidates():
        judged = judge_one(made, purchase, candidate)
        context = SentenceContext.of(made, candidate, judged.assessment.findings)
        lots.append(CaseOffer(context, judged.explained))
    return LetterCase(made, purchase, tuple(lots), decision, adopted)


def _kinds(kinds: Sequence[str]) -> tuple[LetterKind, ...]:
    for name in kinds:
        if name not in tuple(LetterKind):
            said = f"`{name}` is not one of {', '.join(LetterKind)}"
            raise RequestError.about("kind", said, did_you_mean(name, list(LetterKind)))
    return tuple(kind for kind in LetterKind if not kinds or kind.value in kinds)


def _sellers(names: Sequence[str], case: LetterCase) -> tuple[str, ...]:
    """Return the bidders of these names, all where none is named."""
    known = {name_key(name): name for name in case.sellers}
    for name in names:
        if name_key(name) not in known:
            said = f"no offer has the seller `{name}`"
            raise RequestError.about("seller", said, did_you_mean(name, list(known.values())))
    return tuple(known[name_key(name)] for name in names) or case.sellers


def _nameless(case: LetterCase) -> Iterator[Withheld]:
    for lot in case.lots:
        if lot.seller is None:
            reason = case.wording.word("letters.why.no_seller", offer=lot.id)
            yield Withheld(letter=LetterKind.CLARIFICATION, seller=None, reason=reason)


def _made(
    kind: LetterKind, desk: _Desk, sellers: Sequence[str | None], base: LetterCase
) -> Iterator[Letter | Withheld]:
    for seller in sellers:
        own = desk.languages.to(seller).language
        case = desk.in_language(own)
        if seller is None:
            yield report(case)
            continue
        made = letter_to(kind, case, seller, base.wording)
        if isinstance(made, Letter):
            made = disclosed(made, desk.guard(own, seller), case.wording)
        if made is not None:
            yield made


def _written(
    made: Sequence[Letter],
    desk: _Desk,
    formats: Sequence[str],
    names: Sequence[str],
    templates: Path | None,
) -> tuple[WrittenLetter, ...]:
    written = []
    for letter, name in zip(made, _names(made), strict=True):
        for form in formats if not names or name in names else ():
            case = desk.in_language(letter.language)
            file = letter_file(letter, form, case.wording.locale, templates, _made_on(case))
            _refuse_leak(letter, file, desk)
            written.append(WrittenLetter(letter, file, f"{name}.{file.suffix}"))
    return tuple(written)


def _refuse_leak(letter: Letter, file: LetterFile, desk: _Desk) -> None:
    """Raise InputError where the text of a letter tells a bidder what belongs to another."""
    if letter.bidder is None:
        return
    guard = desk.guard(letter.language, letter.bidder.name)
    found = leaks_of(letter, file.text, guard)
    if found:
        message = f"the {letter.letter} to {letter.bidder.name} would tell of another bidder"
        hint = (
            f"it holds “{'”, “'.join(found)}”: from decision.yaml, the city's texts or its template"
        )
        raise InputError([Problem(message, Place(file.template), hint)])


def _made_on(case: LetterCase) -> date:
    decided = case.decision.on if case.decision else None
    return decided or case.setting.bound.as_of


def _names(letters: Sequence[Letter]) -> Iterator[str]:
    """Yield a file name without suffix for each letter, each once whatever its case."""
    taken: set[str] = set()
    for letter in letters:
        stem = _stem(letter)[:LONGEST_NAME]
        name, number = stem, 2
        while name in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name)
        yield name


def _stem(letter: Letter) -> str:
    """Return the name of a letter's file: kind and bidder, and that it is a draft."""
    name = letter.bidder.name if letter.bidder else ""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "-".join("".join(c if c.isalnum() else " " for c in plain).split()).lower()
    draft = ["draft"] if letter.draft else []
    return "-".join([*draft, letter.letter.value, *([words] if words else [])])
