"""In which forms letters are written, and what is said where one of them cannot be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.report.letters.file import LETTER_FORMATS
from offsetcheck.report.letters.find import template_file
from offsetcheck.report.letters.paper import SUFFIX as PAPER
from offsetcheck.report.letters.paper import instead
from offsetcheck.report.letters.word import SUFFIX as WORD
from offsetcheck.report.saying import say
from offsetcheck.vocabulary.letter import Letter
from offsetcheck.vocabulary.problem import RequestError

PDF = "pdf"


def check_formats(formats: Sequence[str]) -> None:
    """Raise RequestError for a form of letters that there is not."""
    for name in formats:
        if name not in LETTER_FORMATS:
            said = f"`{name}` is not one of {', '.join(LETTER_FORMATS)}"
            raise RequestError.about("formats", said)


def letter_formats() -> tuple[str, ...]:
    """Return the forms in which letters can be written on this machine."""
    return tuple(name for name in LETTER_FORMATS if name != PDF or instead() is None)


def written_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the forms that are written where these are asked for, each once."""
    other = instead()
    names = (other.name if other and name == PDF else name for name in formats)
    return tuple(dict.fromkeys(names))


def why_instead(formats: Iterable[str], words: Mapping[str, str]) -> Iterator[str]:
    """Yield the sentence that says why Word is written where PDF is asked for, if it is."""
    other = instead()
    if other is not None and PDF in formats:
        yield say(words, other.why)


def word_templates_unused(
    letters: Iterable[Letter], templates: Path | None, words: Mapping[str, str]
) -> Iterator[str]:
    """Yield a sentence for each Word template of a city whose letter has an installed PDF beside.

    What the city wrote into its Word template does not stand on the paper then.
    """
    for kind, language in dict.fromkeys((one.letter, one.language) for one in letters):
        word = template_file(kind, language, WORD, templates)
        paper = template_file(kind, language, PAPER, templates)
        installed = bundled("templates")
        if not word.is_relative_to(installed) and paper.is_relative_to(installed):
            own = f"{kind.value}.{PAPER}"
            yield say(words, "letters.pdf_own_word", word=word.name, file=own)
