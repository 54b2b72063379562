"""The letters of a tender as the command makes them, found by name."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from offsetcheck.api.letter_forms import PDF, letter_formats
from offsetcheck.api.letters import Letters, WrittenLetter
from offsetcheck.api.letters import letters as make_letters
from offsetcheck.api.request import Request
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.visit import RefusedError, Visit

SECONDS_EACH = 0.08  # judging one offer in each of some three languages
SECONDS_PRESSED = 0.3  # the letters on one offer as PDF


@dataclass(frozen=True)
class Made:
    """The letters of a tender in a form."""

    tender: Opened
    letters: Letters

    @property
    def here(self) -> str:
        """The address of the list."""
        return f"/t/{quote(self.tender.folder.name)}/letters"

    def file_to(self, name: str) -> str:
        """Return the address of a file."""
        return f"{self.here}/file/{quote(name, safe='')}"

    def files(self, stem: str) -> tuple[tuple[str, str], ...]:
        """Return the files of a letter by format."""
        return tuple((form, self.file_to(f"{stem}.{form}")) for form in letter_formats())


def request_of(tender: Opened, command: str) -> Request:
    """Return the request of a command; a letter does not hang on the reader's language."""
    return replace(tender.request, command=command, language="en")


def seconds_for(tender: Opened, *, pressed: bool = False) -> float:
    """Return about how long the letters of a tender take, `pressed` where they become PDF."""
    return len(tender.ids) * (SECONDS_EACH + (SECONDS_PRESSED if pressed else 0))


def made_in(visit: Visit, form: str, *names: str) -> Made:
    """Return the letters of a visit's tender in a form, all or those of some names.

    Raises what `letters` of api raises, and TakesLongError.
    """
    tender = opened(visit)

    def make() -> Letters:
        request = request_of(tender, "letters make")
        return make_letters(
            request, tender.rulebook, formats=(form,), names=names, officers=visit.language
        )

    seconds = seconds_for(tender, pressed=form == PDF and not names)
    return Made(tender, tender.once(("letters", form, *names), make, seconds))


def named(made: Made, name: str) -> WrittenLetter:
    """Return the letter of a file's name; raises RefusedError (404) where there is none."""
    for one in made.letters.written:
        if one.name == name:
            return one
    raise RefusedError(404, "web_letters.no_letter")
