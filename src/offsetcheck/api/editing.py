"""A rule folder while somebody edits it: unsaved texts count, and nothing is written.

Of a file that changes, its own problems are told at once, by what the other files said last; the
folder as a whole is read by `check`, which may run beside.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.files.causes import causes_first
from offsetcheck.rulebook.files.folder import FIXED_FOLDERS, gather, read_files
from offsetcheck.rulebook.lint import check as lint
from offsetcheck.rulebook.load import read_as_it_is
from offsetcheck.rulebook.rereading import Rereading
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.reading import rule_id
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.problems import Problems, in_order
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError, Severity
from offsetcheck.workshop.editing.cursor import cursor_at
from offsetcheck.workshop.editing.index import Index
from offsetcheck.workshop.editing.mentions import Mention
from offsetcheck.workshop.editing.offered import Beside, Offer, Offered, offered
from offsetcheck.workshop.editing.outline import Entry, Outlined, outline
from offsetcheck.workshop.editing.places import mended, moved, near_word, span_of
from offsetcheck.workshop.editing.renamed import Change, refuse_rename, renamed
from offsetcheck.workshop.editing.shapes import said_at
from offsetcheck.workshop.editing.told import told
from offsetcheck.workshop.rule_tests import ExampleResult, run_examples
from offsetcheck.workshop.schemas.kinds import kind_of
from offsetcheck.workshop.schemas.make import schema_of
from offsetcheck.workshop.schemas.names import FolderNames, names_in
from offsetcheck.workshop.schemas.shape import Schema

__all__ = [
    "Change",
    "Checked",
    "EditedRules",
    "Entry",
    "Mention",
    "Offer",
    "Offered",
    "Outlined",
    "Problem",
    "Severity",
    "Tried",
    "mended",
    "near_word",
    "rule_folder_of",
    "span_of",
]

NO_ENDS = "\x85\u2028\u2029"
Said = tuple[str, int | None, int | None]
GUIDE, RULES = "guide.yaml", "rules"
DEEPEST = 6
"""Folders above a file in which its rule folder is looked for."""

TEXTS_KEPT = 50
"""Texts of one file kept until its names are asked for: the last that is YAML gives them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came out of an example: the line on which it begins, and the difference if any."""

    line: int
    expected: str
    difference: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check reads: the files as they are at one moment, with texts that are not saved."""

    walked: Walked
    known: Mapping[str, Document]
    open: frozenset[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole folder found; `rulebook` is None where too little can be read."""

    rulebook: Rulebook | None
    documents: Mapping[str, Document]
    problems: Mapping[str, tuple[Problem, ...]]
    tried: Mapping[str, tuple[Tried, ...]] = field(default_factory=dict)


class EditedRules:
    """A rule folder with the texts that an editor holds over it; paths are relative to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._walked = Walked({}, (), (), cut=False)
        self._texts: dict[str, str] = {}
        self._documents: dict[str, Document] = {}
        self._last: Checked | None = None
        self._seen: dict[str, frozenset[Said]] = {}
        self._tried: Checked | None = None
        self._rulebook: Rulebook | None = None
        self._rereading: Rereading | None = None
        self._names: FolderNames | None = None
        self._schemas: dict[str, Schema] = {}
        self._names_of = Index()
        self._changed: dict[str, deque[str]] = {}
        self.look_again()

    # Texts

    def look_again(self) -> None:
        """Read the folder anew: something in it was saved, made or deleted."""
        try:
            self._walked = gather(self.folder)
        except RulebookError:
            self._walked = Walked({}, (), (), cut=False)

    def hold(self, path: str, text: str) -> None:
        """Take the text of a file as the editor has it."""
        self._texts[path] = text
        self._has_changed(path)

    def let_go(self, path: str) -> None:
        """Take a file as it is saved again."""
        self._texts.pop(path, None)
        self._has_changed(path)

    def _has_changed(self, path: str) -> None:
        texts = self._changed.setdefault(path, deque(maxlen=TEXTS_KEPT))
        texts.append(self._text(path) or "")

    @property
    def _index(self) -> Index:
        """The names of the folder, with those of files that have changed since it was asked.

        A text that is no YAML, as most are for a moment while somebody writes, has no names: those
        of the text before it count.
        """
        while self._changed:
            path, texts = self._changed.popitem()
            if not path.endswith(".yaml"):
                continue
            documents = (self._composed(path, text) for text in reversed(texts))
            document = next((one for one in documents if one.data is not None), None)
            if document is not None:
                self._names_of.take(path, document)
        return self._names_of

    def document(self, path: str) -> Document | None:
        """Return a file as it is now, None for one that is not there or no YAML file."""
        text = self._text(path)
        if text is None or not path.endswith(".yaml"):
            return None
        self._documents[path] = self._composed(path, text)
        return self._documents[path]

    def _composed(self, path: str, text: str) -> Document:
        known = self._documents.get(path)
        same = known is not None and known.text == _as_read(text)
        return known if known is not None and same else compose(_as_read(text), path)

    def _text(self, path: str) -> str | None:
        if path in self._texts:
            return self._texts[path]
        content = self._walked.files.get(path)
        return None if content is None else content.decode("utf-8", "replace")

    def rows(self, path: str) -> list[str]:
        """Return the lines of a file as it is now."""
        return _as_read(self._text(path) or "").split("\n")

    # Problems

    def ask(self) -> Asked:
        """Return what a check reads: the folder at this moment."""
        files = {**self._walked.files, **{p: t.encode() for p, t in self._texts.items()}}
        names = tuple(sorted({*self._walked.names, *self._texts}))
        return Asked(
            replace(self._walked, files=files, names=names),
            dict(self._documents),
            frozenset(self._texts),
        )

    def check(self, asked: Asked) -> Checked:
        """Return what `rules check` finds in the folder as it was asked; may run in a thread."""
        problems = Problems("file.unsound")
        try:
            files = read_files(asked.walked, problems, _keeping(asked.known))
        except RulebookError as error:
            return Checked(None, {}, _by_file(error.problems))
        rulebook = read_as_it_is(self.folder, files, problems)
        found = causes_first(problems.sorted(), files.documents.values())
        sound = rulebook is not None and not found
        if rulebook is not None and sound:
            found = tuple(lint(rulebook))
        tried = _tried(rulebook, asked.open) if rulebook is not None and sound else {}
        return Checked(rulebook, files.documents, _by_file(found), tried)

    def take(self, checked: Checked) -> None:
        """Go on with what a check found."""
        self._last, self._seen = checked, {}
        if checked.tried:
            self._tried = checked
        for path, document in checked.documents.items():
            if path not in self._texts or _as_read(self._texts[path]) == document.text:
                self._documents[path] = document
        index = self._index
        held = {
            path: one
            for path, one in self._held().items()
            if one.data is not None or index.in_file(path)
        }
        index.update({**checked.documents, **held})
        if checked.rulebook is not None:
            self._rulebook = checked.rulebook
            self._rereading = Rereading(checked.rulebook)
            self._names, self._schemas = None, {}

    def _held(self) -> dict[str, Document]:
        documents = {path: self.document(path) for path in self._texts}
        return {path: document for path, document in documents.items() if document is not None}

    def problems(self, path: str) -> tuple[Problem, ...]:
        """Return the problems of a file as it is now, each at its place.

        What only a check of the whole folder finds stays from the last one, where its line is as
        it was.
        """
        document, last = self.document(path), self._last
        if last is None:
            return () if document is None else document.problems
        checked = last.documents.get(path)
        as_checked = checked is not None and document is not None and checked.text == document.text
        if as_checked or document is None or self._rereading is None:
            return last.problems.get(path, ())
        own = self._rereading.problems(path, document)
        if document.data is None or checked is None:
            return own
        return in_order((*own, *self._from_check(checked, document, own)))

    def _from_check(
        self, checked: Document, document: Document, own: tuple[Problem, ...]
    ) -> list[Problem]:
        """Return what only the last check of the whole can have found, on the lines of now."""
        if self._last is None or self._rereading is None:
            return []
        path = document.file
        if path not in self._seen:
            self._seen[path] = frozenset(map(_said, self._rereading.problems(path, checked)))
        seen = self._seen[path].union(map(_said, own))
        before, now = checked.text.split("\n"), document.text.split("\n")
        found = (one for one in self._last.problems.get(path, ()) if _said(one) not in seen)
        placed = [_on_line(one, before, now) for one in found]
        return [one for one in placed if one is not None]

    def files_with_problems(self) -> frozenset[str]:
        """Return the files of which the last check told a problem."""
        return frozenset(self._last.problems) if self._last else frozenset()

    def tried(self, path: str) -> tuple[Tried, ...]:
        """Return what came out of the examples of a rule when they were last run."""
        last = self._tried
        if last is None or path not in last.tried:
            return ()
        before, now = last.documents[path].text.split("\n"), self.rows(path)
        lines = ((one, moved(one.line, before, now)) for one in last.tried[path])
        return tuple(replace(one, line=line) for one, line in lines if line is not None)

    # What stands at a place

    def offered(self, path: str, line: int, column: int) -> tuple[Offered, ...]:
        """Return what can be written at a place."""
        beside = self._beside(path)
        cursor = cursor_at(_as_read(self._text(path) or ""), line, column) if beside else None
        return () if beside is None or cursor is None else offered(cursor, beside)

    def told(self, path: str, line: int, column: int) -> tuple[str, Mention | None] | None:
        """Return what is known of the name or key at a place as Markdown, and the name."""
        mention = self._index.at(path, line, column)
        if mention is not None and self._rulebook is not None:
            said = told(mention.of, mention.name, self._rulebook, self._index)
            if said is not None:
                return said, mention
        beside, document = self._beside(path), self.document(path)
        if beside is None or document is None:
            return None
        for steps, (at, start) in document.keys.items():
            if at == line and start <= column <= start + len(str(steps[-1])):
                about = said_at(beside.schema, steps)
                return None if about is None else (f"**`{steps[-1]}`** {about}", None)
        return None

    def made(self, path: str, line: int, column: int) -> tuple[Mention, ...]:
        """Return where the name at a place is made."""
        mention = self._index.at(path, line, column)
        return () if mention is None else self._index.made(mention.of, mention.name)

    def places(self, path: str, line: int, column: int) -> tuple[Mention, ...]:
        """Return every place of the name at a place."""
        mention = self._index.at(path, line, column)
        return () if mention is None else self._index.all_of(mention.of, mention.name)

    def made_of(self, name: str) -> tuple[Mention, ...]:
        """Return where a word of a hint is made, whatever it names."""
        return self._index.made_under(name)

    def outlined(self, path: str) -> tuple[Outlined, ...]:
        """Return the outline of a file."""
        document = self.document(path)
        return () if document is None else outline(document)

    def renaming(self, path: str, line: int, column: int) -> Mention | None:
        """Return the name at a place; raises RequestError where it can have no other."""
        mention = self._index.at(path, line, column)
        if mention is not None:
            refuse_rename(mention)
        return mention

    def renamed(self, path: str, line: int, column: int, new: str) -> tuple[Change, ...]:
        """Return the changes that rename the field at a place; raises RequestError."""
        mention = self._index.at(path, line, column)
        if mention is None:
            return ()
        documents = {**(self._last.documents if self._last else {}), **self._held()}
        marks = {
            p: c.decode() for p, c in self._walked.files.items() if p.endswith("made_from.csv")
        }
        return renamed(mention, new, self._index, documents, marks)

    def _beside(self, path: str) -> Beside | None:
        kind = kind_of(path)
        if kind is None or self._rulebook is None:
            return None
        self._names = self._names or names_in(self._rulebook)
        if kind.name not in self._schemas:
            self._schemas[kind.name] = schema_of(kind, self._names)
        return Beside(self._rulebook, self._names, kind.name, self._schemas[kind.name])


def rule_folder_of(path: Path) -> Path | None:
    """Return the rule folder in which a file or folder lies, or that a folder holds; else None."""
    for folder in (path, path / RULES, *list(path.parents)[:DEEPEST]):
        if (folder / GUIDE).is_file() and (folder / "sources.yaml").is_file():
            return folder
    return None


def _as_read(text: str) -> str:
    """Return a text with the lines that an editor counts: YAML ends lines at other signs too."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for sign in NO_ENDS:
        text = text.replace(sign, " ")
    return text


def _keeping(known: Mapping[str, Document]) -> Any:
    """Return a reader that gives a document again where its text is the same."""

    def read(text: str, name: str) -> Document:
        kept = known.get(name)
        return (
            kept
            if kept is not None and kept.text == _as_read(text)
            else compose(_as_read(text), name)
        )

    return read


def _by_file(problems: tuple[Problem, ...]) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.file, []).append(problem)
    return {path: tuple(listed) for path, listed in found.items()}


def _said(problem: Problem) -> Said:
    return problem.message, problem.place.line, problem.place.column


def _on_line(problem: Problem, before: list[str], now: list[str]) -> Problem | None:
    line = moved(problem.place.line or 1, before, now)
    if line is None:
        return None
    place = problem.place
    return replace(problem, place=Place(place.file, line, place.column, place.sheet, place.field))


def _tried(rulebook: Rulebook, paths: frozenset[str]) -> dict[str, tuple[Tried, ...]]:
    """Return what came out of the examples of the rules that are open."""
    found = {}
    for path in paths:
        rule = rulebook.rules.get(rule_id(path))
        if "/" in path and path.split("/", 1)[0] not in FIXED_FOLDERS and rule is not None:
            results = run_examples(rulebook, [rule.file.id])
            marks = [rule.document.value_mark(("tests", at))[0] for at in range(len(results))]
            wanted = [example.expect for example in rule.file.tests]
            found[path] = tuple(map(_came, results, marks, wanted))
    return found


def _came(result: ExampleResult, line: int, expected: str) -> Tried:
    message = None if result.failure is None else result.failure.message
    return Tried(line, expected, message and _difference(message))


def _difference(message: str) -> str:
    """Return the difference that the problem of an example tells, without what could be pasted."""
    return message.partition("failed: ")[2].split("\n", 1)[0].rstrip(" ;:")
