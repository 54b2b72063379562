"""Hand-written YAML to checked entries: every problem of a file at once, at its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from offsetcheck.ground.positions import Document, compose
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.decode import decode
from offsetcheck.intake.normalise.dates import read_date
from offsetcheck.intake.normalise.text import UnreadableError, shown, tidy
from offsetcheck.vocabulary.problem import Place, Problem

Path = tuple[str | int, ...]
"""The keys and indices that lead to a value."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Which keys an entry must have and which it may have."""

    required: Sequence[str]
    optional: Sequence[str] = ()

    def all(self) -> Sequence[str]:
        """Return every key that an entry may have."""
        return (*self.required, *self.optional)


@dataclass(slots=True)
class Form:
    """One file while it is read; problems gather here, reading goes on."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return the place of a value."""
        return Place(self.document.file, *self.document.value_mark(path))

    def key_place(self, path: Path) -> Place:
        """Return the place of a key."""
        return Place(self.document.file, *self.document.key_mark(path))

    def report(self, message: str, place: Place, hint: str | None = None) -> None:
        """Add a problem."""
        self.problems.append(Problem(message, place, hint))

    def ordered(self) -> list[Problem]:
        """Return the problems from the top of the file to its end."""
        return sorted(self.problems, key=lambda one: (one.place.line or 0, one.place.column or 0))

    def entries(self, section: str, keys: Keys) -> list["Entry"]:
        """Return the well-formed entries of a list that stands under the key `section`."""
        data = self.document.data
        listed = data.get(section) if isinstance(data, Mapping) else None
        if listed is None:
            return []
        if not isinstance(listed, list):
            self.report(
                f"`{section}` is no list", self.place((section,)), "start each entry with `- `"
            )
            return []
        made = [self._entry((section, at), item, keys) for at, item in enumerate(listed)]
        return [entry for entry in made if entry is not None]

    def check_keys(self, path: Path, data: Mapping[str, object], known: Sequence[str]) -> None:
        """Report every key that is not known."""
        for name in data:
            if name not in known:
                hint = did_you_mean(name, known) or f"one of {', '.join(known)}"
                self.report(
                    f"`{name}` is no key that is known here", self.key_place((*path, name)), hint
                )

    def _entry(self, path: Path, item: object, keys: Keys) -> "Entry | None":
        if not isinstance(item, Mapping):
            self.report("an entry is no mapping of keys to values", self.place(path))
            return None
        self.check_keys(path, item, keys.all())
        missing = [name for name in keys.required if item.get(name) in (None, "", [])]
        if missing:
            listed = ", ".join(f"`{name}`" for name in missing)
            self.report(f"the entry lacks {listed}", self.place(path))
            return None
        return Entry(self, path, item)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list in a form; what cannot be read is reported and reads as None."""

    form: Form
    path: Path
    data: Mapping[str, object]

    def place(self, name: str) -> Place:
        """Return the place of the value of a key."""
        return self.form.place((*self.path, name))

    def report(self, message: str, name: str, hint: str | None = None) -> None:
        """Add a problem at the value of a key."""
        self.form.report(message, self.place(name), hint)

    def text(self, name: str) -> str | None:
        """Return a value as text, None where the key is absent."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, (Mapping, list)):
            self.report(f"`{name}` must be one text", name)
            return None
        return tidy(str(value))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; one text is a list of one."""
        value = self.data.get(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if any(isinstance(item, (Mapping, list)) for item in items):
            self.report(f"`{name}` must be a list of texts", name)
            return ()
        return tuple(tidy(str(item)) for item in items if item is not None)

    def day(self, name: str) -> date | None:
        """Return a value as a day, None where the key is absent."""
        text = self.text(name)
        if text is None:
            return None
        try:
            return read_date(text)
        except UnreadableError as why:
            self.report(why.reason, name, why.hint)
            return None

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        """Return a value that is one of the choices."""
        text = self.text(name)
        if text is None or text in choices:
            return text
        listed = ", ".join(f"`{choice}`" for choice in choices)
        self.report(f"{shown(text)} is none of {listed}", name, did_you_mean(text, choices))
        return None


def read_form(data: bytes, file: str) -> Form:
    """Return a YAML file as a form; raises InputError for what is no text."""
    document = compose(decode(data, file), file)
    flaws = [
        Problem(flaw.message, Place(file, flaw.line, flaw.column), flaw.hint)
        for flaw in document.flaws
    ]
    return Form(document, flaws)


def read_sections(data: bytes, file: str, sections: Sequence[str]) -> Form:
    """Return a YAML file whose top level holds the sections named, other keys reported."""
    form = read_form(data, file)
    content = form.document.data
    if isinstance(content, Mapping):
        form.check_keys((), content, sections)
    elif not form.problems:
        listed = " or ".join(f"`{section}:`" for section in sections)
        form.report("the file holds no entries", Place(file, 1), f"expected {listed} with a list")
    return form
