"""Mistakes that no example tells, each with the reason why (rules/survivors.yaml)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from offsetcheck.ground.walk import NotPlainError, read_plain
from offsetcheck.rulebook.files.folder import MAX_YAML_BYTES
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import FileModel, build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import Listed, Sentence, Text, YesNo
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError
from offsetcheck.workshop.mutation.mutant import Mutant

FILE = "survivors.yaml"


class Survivor(FileModel):
    """One mistake of a rule or file that may stay untold, and why.

    `same` says that the changed rule says the same as the rule: it is no mistake and not counted.
    """

    of: Text
    mistake: Text
    reason: Sentence
    same: YesNo = False


class Survivors(FileModel):
    """All reasoned survivors of a rule folder."""

    survivors: Annotated[tuple[Survivor, ...], Listed] = Field(default=())


class Reasoned:
    """The reasoned survivors of a folder, asked by what the mistake is."""

    def __init__(self, entries: Iterable[Survivor], document: Document | None) -> None:
        self._entries = tuple(entries)
        self._document = document
        self._by_mistake = {(entry.of, entry.mistake): entry for entry in self._entries}

    def entry(self, mutant: Mutant) -> Survivor | None:
        """Return the entry of a mistake, None where it stands without a reason."""
        return self._by_mistake.get((mutant.owner, mutant.what))

    def overtaken(self, told: Iterable[Mutant], tried: Iterable[Mutant]) -> Iterator[Problem]:
        """Yield each entry whose mistake is told now, or is none of the owners' that were tried.

        One wording may say several mistakes, as of a number that stands twice in a formula: the
        entry stands while one of them is untold.
        """
        killed = Counter((one.owner, one.what) for one in told)
        known = Counter((one.owner, one.what) for one in tried)
        owners = {owner for owner, _ in known}
        for index, entry in enumerate(self._entries):
            key = (entry.of, entry.mistake)
            if killed[key] and killed[key] == known[key]:
                yield self._problem(index, "an example or scenario tells this mistake now")
            elif entry.of in owners and key not in known:
                yield self._problem(index, f"`{entry.of}` has no such mistake any more")

    def _problem(self, index: int, message: str) -> Problem:
        assert self._document is not None  # noqa: S101 - an entry has a file that it stands in
        place = self._document.value_place(("survivors", index, "mistake"))
        return Problem(message, place, "take this entry out")


def read_survivors(folder: Path) -> Reasoned:
    """Return the reasoned survivors of a rule folder, none where it has no such file.

    Raises RulebookError with every problem of the file.
    """
    path = folder / FILE
    if not path.exists():
        return Reasoned((), None)
    problems = Problems()
    try:
        document = compose(read_plain(path, MAX_YAML_BYTES).decode("utf-8"), FILE)
    except (OSError, NotPlainError, UnicodeDecodeError) as error:
        raise RulebookError([Problem("this file cannot be read", Place(FILE))]) from error
    problems.of_document(document)
    made = build(Survivors, document.data, document, problems)
    problems.stop()
    return Reasoned(() if made is None else made.survivors, document)
