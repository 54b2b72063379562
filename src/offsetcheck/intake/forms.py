"""The files of a tender that people write by hand: their values, and the entries of their lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Generic

from pydantic import BeforeValidator

from offsetcheck.intake.files.decode import decode
from offsetcheck.intake.normalise.dates import read_date
from offsetcheck.intake.normalise.text import is_placeholder, tidy
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import Model, build, mapping_in, note_unknown_key
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import spoken, wrong
from offsetcheck.vocabulary.problem import Place, UnreadableError


def _written(value: Any) -> str:
    """Accept what a person means as text: numbers too, for a page may be 12."""
    text = "" if isinstance(value, dict | list) else tidy(str(value))
    if value is None or is_placeholder(text):  # `-` and `n/a` name nobody, and no source
        raise wrong(f"a text is needed here, not {spoken(value)}")
    return text


def _several(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not items:
        raise wrong("a list with at least one text is needed here")
    return tuple(map(_written, items))


def _day(value: Any) -> date:
    day = _day_if_any(value)
    if day is None:
        raise wrong("a day is needed here", "write it as 2026-09-30")
    return day


def _day_if_any(value: Any) -> date | None:
    if value is None:
        return None
    try:
        return read_date(_written(value))
    except UnreadableError as why:
        raise wrong(why.reason, why.hint) from None


Written = Annotated[str, BeforeValidator(_written)]
OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_several)]
Day = Annotated[date, BeforeValidator(_day)]
DayIfAny = Annotated[date | None, BeforeValidator(_day_if_any)]


@dataclass(frozen=True, slots=True)
class Form:
    """One file while it is read; problems gather here, reading goes on."""

    document: Document
    problems: Problems = field(default_factory=Problems)

    def entries(self, section: str, model: type[Model]) -> "list[FormEntry[Model]]":
        """Return the well-formed entries of a list that stands under a key of the file."""
        data = self.document.data
        listed = data.get(section) if isinstance(data, dict) else None
        if listed is None:
            return []
        if not isinstance(listed, list):
            message = f"a list is needed here, not {spoken(listed)}"
            self.problems.at_value(self.document, (section,), message, "start each entry with `- `")
            return []
        read = [
            (steps, self.read(model, item, steps))
            for steps, item in (((section, index), item) for index, item in enumerate(listed))
        ]
        return [FormEntry(self, steps, said) for steps, said in read if said is not None]

    def read(self, model: type[Model], data: Any, steps: Steps) -> Model | None:
        """Return a piece of the file as a model, None with every mistake noted.

        A key that nothing reads is noted as well, and loses nothing of what stands beside it.
        """
        if isinstance(data, dict):
            known = tuple(model.model_fields)
            self.note_unknown_keys(data, known, steps)
            data = {key: value for key, value in data.items() if key in known}
        return build(model, data, self.document, self.problems, steps)

    def note_unknown_keys(
        self, data: Iterable[str], known: Sequence[str], steps: Steps = ()
    ) -> None:
        """Note each key of a mapping that is none of those known there."""
        for key in data:
            if key not in known:
                note_unknown_key(self.document, (*steps, key), known, self.problems)


@dataclass(frozen=True, slots=True)
class FormEntry(Generic[Model]):
    """One well-formed entry of a list in a form: what it says, and where it stands."""

    form: Form
    steps: Steps
    said: Model

    def place(self, key: str | Steps) -> Place:
        """Return the place of the value of a key, or of one that several keys lead to."""
        steps = (key,) if isinstance(key, str) else key
        return self.form.document.value_place((*self.steps, *steps))

    def report(self, key: str | Steps, message: str, hint: str | None = None) -> None:
        """Note a problem at the value of a key."""
        self.form.problems.add(self.place(key), message, hint)


def read_form(data: bytes, file: str) -> Form:
    """Return a YAML file as a form, numbers as written; raises InputError for what is no text."""
    form = Form(compose(decode(data, file), file, numbers_as_written=True))
    form.problems.of_document(form.document)
    return form


def read_sections(data: bytes, file: str, sections: Sequence[str]) -> Form:
    """Return a YAML file whose top level holds the lists named, other keys noted."""
    form = read_form(data, file)
    expected = " or ".join(f"`{section}:`" for section in sections)
    listed = mapping_in(form.document, form.problems, f"write {expected} with a list")
    form.note_unknown_keys(listed, sections)
    return form
