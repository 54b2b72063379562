"""What a layer sets for one parameter: a value, or what it adds to and removes from a list."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    Day,
    Mapped,
    Scalar,
    Sentence,
    one_of,
    spoken,
    wrong,
)

ALWAYS = date.min
ABOUT = ("source", "origin", "reason", "note")
Binding = Annotated[Literal["law", "guidance"], one_of("law", "guidance")]
Origin = Annotated[
    Literal["city", "jurisdiction", "guide", "design"],
    one_of("city", "jurisdiction", "guide", "design"),
]


class Setting(FileModel):
    """What a layer says of a parameter: its `value`, or what of the list beneath is different."""

    value: Scalar = None
    add: Scalar = ()
    remove: Scalar = ()

    @model_validator(mode="after")
    def _says_lists(self) -> "Setting":
        for key in ("add", "remove"):
            given = getattr(self, key)
            if not isinstance(given, tuple):
                raise wrong(
                    f"a list is needed after `{key}`, not {spoken(given)}", "write `[a, b]`"
                )
        if self.value is not None and self.changes_a_list:
            message = "`value` sets the whole list, `add` and `remove` what of it is different"
            raise wrong(message, "write one or the other")
        if both := sorted({*map(str, self.add)} & {*map(str, self.remove)}):
            raise wrong(f"`{both[0]}` is added and removed", "leave it out of one of the two")
        return self

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is different of the list beneath: `add` and `remove`, each with its entries."""
        return (("add", self.add), ("remove", self.remove))

    @property
    def about(self) -> dict[str, Any]:
        """What is said of the setting, as far as it is: source, origin, reason, note."""
        given = self.model_fields_set
        return {name: getattr(self, name) for name in ABOUT if name in given}

    @property
    def changes_a_list(self) -> bool:
        """Whether the list of the layers beneath stands, with more or fewer entries."""
        return bool(self.add or self.remove)

    def over(self, beneath: Value | None) -> Value:
        """Return the value that stands where another stood beneath; None for nothing there."""
        if not self.changes_a_list:
            own: Value = self.value
            return own
        listed = beneath if isinstance(beneath, tuple) else ()
        kept = tuple(item for item in listed if item not in self.remove)
        return kept + tuple(item for item in self.add if item not in kept)


class PolicyValue(Setting):
    """A value that a layer sets from one day on."""

    source: SourceEntry | None = None
    origin: Origin | None = None
    reason: Sentence | None = None
    note: Sentence | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "PolicyValue":
        if self.value is None and not self.changes_a_list:
            raise wrong("the key `value` is missing", "or write `add` or `remove`, for a list")
        return self

    def on_top_of(self, other: "PolicyValue") -> "PolicyValue":
        """Return what both set where this one stands above the other in the same layer."""
        if not self.changes_a_list:
            return self
        if not other.changes_a_list:
            return PolicyValue(value=self.over(other.value), **self.about)
        added = tuple(item for item in other.add if item not in self.remove)
        removed = tuple(item for item in other.remove if item not in self.add)
        return PolicyValue(
            add=tuple(dict.fromkeys((*added, *self.add))),
            remove=tuple(dict.fromkeys((*removed, *self.remove))),
            **self.about,
        )


class PolicyParameter(Setting):
    """What a layer sets for one parameter: one value, or several by the day they begin."""

    since: Day = Field(alias="from", default=ALWAYS)
    source: SourceEntry | None = None
    origin: Origin | None = None
    reason: Sentence | None = None
    note: Sentence | None = None
    binding: Binding | None = None
    values: Annotated[dict[Day, PolicyValue], Mapped] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_one_form(self) -> "PolicyParameter":
        if (self.value is None and not self.changes_a_list) == (not self.values):
            raise wrong("a `value` is needed here, or `values` by day", "write one of the two")
        return self

    @property
    def dated(self) -> dict[date, PolicyValue]:
        """The values by the day on which each begins."""
        if self.values:
            return self.values
        said = {name: part for name, part in (("value", self.value), *self.parts) if part}
        given = said or {"value": self.value}
        return {self.since: PolicyValue(**given, **self.about)}

    def on(self, day: date) -> tuple[date, PolicyValue] | None:
        """Return the value in force on a day and the day it came into force."""
        began = [since for since in self.dated if since <= day]
        return (max(began), self.dated[max(began)]) if began else None

    def on_top_of(self, other: "PolicyParameter") -> "PolicyParameter":
        """Return what stands where this is said by a city that builds on another's setting.

        A list to which it adds, or from which it removes, is the other's where that one sets it.
        """
        if not any(value.changes_a_list for value in self.dated.values()):
            return self
        values: dict[date, PolicyValue] = {}
        for day in sorted({*self.dated, *other.dated}):
            own, beneath = self.on(day), other.on(day)
            if own is None:
                continue
            values[day] = own[1] if beneath is None else own[1].on_top_of(beneath[1])
        return PolicyParameter(values=values, binding=self.binding, **self.about)
