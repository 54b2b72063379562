"""A filled form of a purchase: what it changes, what somebody else has changed meanwhile."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.web.purchase.values import (
    LISTS,
    REGISTRY,
    TABLES,
    Values,
    fields_of,
    names,
    rows_text,
)
from offsetcheck.web.visit import RefusedError, Visit

WAS = "was"
"""The field of a form that holds what it showed."""
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class FilledPurchase:
    """What a form showed of the file, and what stands in it now."""

    was: Values
    typed: Values

    @property
    def changed(self) -> Values:
        """What was changed in the form; an empty text takes a value away."""
        every = dict.fromkeys((*self.was, *self.typed))
        return {
            name: self.typed.get(name, "")
            for name in every
            if self.typed.get(name, "") != self.was.get(name, "")
        }

    def overtaken(self, now: Values) -> tuple[str, ...]:
        """Return what somebody else has changed too since the form was shown, to another value."""
        return tuple(
            name
            for name, value in self.changed.items()
            if now.get(name, "") not in {self.was.get(name, ""), value}
        )

    def over(self, now: Values) -> Values:
        """Return what the form shows once what others have changed meanwhile is taken over."""
        made = {**now, **self.changed}
        return {name: value for name, value in made.items() if value}


def as_hidden(values: Values) -> str:
    """Return values as the text that a form carries along."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def filled_purchase(visit: Visit, dictionary: Dictionary) -> FilledPurchase:
    """Return a filled form; raises RefusedError (400) where it is not whole."""
    return FilledPurchase(_was(visit), dict(_typed(visit, dictionary)))


def _was(visit: Visit) -> Values:
    try:
        said = json.loads(visit.filled(WAS))
    except (ValueError, RecursionError):
        raise RefusedError(400, "web.form_broken") from None
    if not isinstance(said, Mapping):
        raise RefusedError(400, "web.form_broken")
    return {str(name): value for name, value in said.items() if isinstance(value, str)}


def _typed(visit: Visit, dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    fields = fields_of(dictionary)
    sent: dict[str, list[str]] = {}
    for name, value in visit.form:
        sent.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
    for name in names(dictionary):
        if name in TABLES:
            text = rows_text(_rows(name, sent))
        elif name in fields and fields[name].type in LISTS:
            text = "; ".join(filter(None, sent.get(name, [])))
        elif name == REGISTRY:
            text = "\n".join(filter(None, map(str.strip, sent.get(name, [""])[0].split("\n"))))
        else:
            text = " ".join(sent.get(name, [""])[0].split())
        if text:
            yield name, text


def _rows(name: str, sent: Mapping[str, list[str]]) -> Iterator[list[str]]:
    for number in range(MOST_ROWS):
        cells = [sent.get(f"{name}.{number}.{column}") for column in TABLES[name]]
        if all(cell is None for cell in cells):
            return
        yield [(cell or [""])[0] for cell in cells]
