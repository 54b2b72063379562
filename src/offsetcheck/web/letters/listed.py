"""The list of a tender's letters: those of each kind, what is withheld, and answers taken in."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import quote

from offsetcheck.api.letter_forms import PDF, letter_formats, why_instead
from offsetcheck.api.letters import WrittenLetter
from offsetcheck.api.web_page import language_name, said_day
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import OffsetcheckError
from offsetcheck.web.answered import words_of
from offsetcheck.web.decision.standing import changed_outside
from offsetcheck.web.folder.kept import opened
from offsetcheck.web.letters.made import Made, made_in
from offsetcheck.web.visit import Page, Role, Shown, Visit, Wrong


class LetterLine(Shown):
    """One letter that is written: to whom, in which language, and whether it is a draft yet."""

    name: str
    to: str
    bidder: str
    language: str
    draft: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    form: str


class WithheldLine(Shown):
    """Why letters are not written, and to whom."""

    reason: str
    bidders: str


class KindLines(Shown):
    """The letters of one kind."""

    title: str
    letters: tuple[LetterLine, ...]
    withheld: tuple[WithheldLine, ...]


class RoundLine(Shown):
    """Answers that were taken in."""

    round: int
    offer: str
    received: str
    fields: int


class LettersPage(Shown):
    """The letters of a tender by kind, what the officer is to know, and the answers taken in."""

    kinds: tuple[KindLines, ...]
    remarks: tuple[str, ...]
    problems: tuple[tuple[str, str, str], ...]
    changed_outside: bool
    zips: tuple[tuple[str, str], ...]
    no_pdf: str
    deadline: str
    rounds: tuple[RoundLine, ...]
    today: str
    here: str
    may_take: bool


def letter_list(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    """Return the page of all letters, with what was wrong in the form of answers."""
    words, tender = words_of(visit), opened(visit)
    problems: tuple[tuple[str, str, str], ...] = ()
    made, altered = None, False
    try:
        made = made_in(visit, "txt")
        altered = changed_outside(visit, tender)
    except OffsetcheckError as error:
        problems = tuple((str(one.place), one.message, one.hint or "") for one in error.problems)
    here = f"/t/{quote(tender.folder.name)}/letters"
    deadline = tender.case.purchase.deadline
    shown = LettersPage(
        kinds=tuple(_kinds(made, words)) if made else (),
        remarks=(*made.letters.remarks, *made.letters.languages) if made else (),
        problems=problems,
        changed_outside=altered,
        zips=tuple((form, f"{here}/all?format={form}") for form in letter_formats())
        if made and made.letters.written
        else (),
        no_pdf=" ".join(why_instead((PDF,), words)),
        deadline=said_day(deadline.isoformat(), words) if deadline else "",
        rounds=tuple(
            RoundLine(
                round=one.round,
                offer=one.offer,
                received=said_day(one.received.isoformat(), words),
                fields=len(one.fields),
            )
            for one in tender.case.tender.rounds
        ),
        today=visit.today.isoformat(),
        here=here,
        may_take=visit.may(Role.OFFICER),
    )
    title = words["web_letters.title"]
    status = 422 if wrong else 200
    return Page("letters", title, shown, tender.folder.name, status=status, wrong=wrong)


def _kinds(made: Made, words: Mapping[str, str]) -> Iterator[KindLines]:
    everyone = {one.seller for one in made.letters.withheld if one.seller}
    everyone |= {one.letter.bidder.name for one in made.letters.written if one.letter.bidder}
    for kind in LetterKind:
        written = [one for one in made.letters.written if one.letter.letter is kind]
        reasons: dict[str, list[str]] = {}
        for one in made.letters.withheld:
            if one.letter is kind:
                reasons.setdefault(one.reason, []).append(one.seller or "")
        yield KindLines(
            title=words[f"letters.title.{kind.value}"],
            letters=tuple(_line(made, one, words) for one in written),
            withheld=tuple(
                WithheldLine(reason=reason, bidders=_of_some(names, everyone))
                for reason, names in reasons.items()
            ),
        )


def _of_some(names: Sequence[str], everyone: Collection[str]) -> str:
    """Return the bidders to whom a reason applies; nobody is named where it applies to all."""
    named = [name for name in names if name]
    return "" if set(named) == set(everyone) else "; ".join(named)


def _line(made: Made, one: WrittenLetter, words: Mapping[str, str]) -> LetterLine:
    stem = one.name.removesuffix(".txt")
    bidder = one.letter.bidder.name if one.letter.bidder else ""
    asks = one.letter.letter is LetterKind.CLARIFICATION and bidder
    return LetterLine(
        name=stem,
        to=f"{made.here}/read/{quote(stem, safe='')}",
        bidder=bidder or words["web_letters.whole"],
        language=language_name(one.letter.language),
        draft=one.letter.draft,
        files=made.files(stem),
        form=f"{made.here}/form?seller={quote(bidder, safe='')}" if asks else "",
    )
