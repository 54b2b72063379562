"""The two sides of a change in words: numbers with units, lists, expressions as written."""

from datetime import date

from offsetcheck.difference.meaning.model import Books, Change
from offsetcheck.difference.phrases import Speech
from offsetcheck.explain.tonnes.texts import step_title
from offsetcheck.rulebook.rules.model import SHARED, Parameter

MAX_LISTED = 8
EFFECTS, UNKNOWNS = "effect", "if_unknown"


class SaidValues:
    """Says values as the rule files mean them, in the words of the newer rulebook."""

    def __init__(self, speech: Speech, books: Books) -> None:
        self._speech, self._books = speech, books
        self._wording = speech.wording

    def rule_title(self, rule: str) -> str:
        """Return the title of a rule of either rulebook."""
        bound = self._wording.bound.rules.get(rule)
        if bound is not None:
            return self._wording.rule_title(bound).rstrip(".")
        for book in reversed(self._books.sides):
            if rule in book.rules:
                return book.rules[rule].file.title.rstrip(".")
        return rule

    def layer_name(self, layer: str) -> str:
        """Return the name of a city, profile or jurisdiction of either rulebook."""
        for book in reversed(self._books.sides):
            if layer in book.cities:
                return self._wording.pick(book.cities[layer].name, f"city_name.{layer}")
            if layer in book.jurisdictions:
                return self._wording.layer(layer)
        return layer

    def table_title(self, table: str) -> str:
        """Return the title of a table of either rulebook."""
        for book in reversed(self._books.sides):
            entry = book.tables[table].entry if table in book.tables else None
            if entry is not None and entry.title:
                return self._wording.pick(entry.title, f"table.{table}")
        return table

    def step_title(self, step: str) -> str:
        """Return the title of a step of comparable tonnes of either rulebook."""
        for book in reversed(self._books.sides):
            if step in book.steps:
                return step_title(book.steps[step].file, self._wording)
        return step

    def what(self, change: Change) -> str:
        """Return what of a thing is otherwise, such as its effect or a value by its title."""
        name = change.name
        if change.key in {"value", "unit", "type", "tighter"} and change.rule is not None:
            name = self._parameter_title(change.rule, name)
        if change.key == "value" and change.rule is None:
            name = self._shared_title(f"{SHARED}{name}")
        if change.key.startswith("dimension_"):
            name = self._wording.dimension(name)
        return self._speech.say(f"rules_diff.what.{change.key}", name=name)

    def _parameter_title(self, rule: str, name: str) -> str:
        parameter = self._parameter(rule, name)
        titles = parameter.title if parameter else None
        return self._wording.titled_parameter(name, titles, rule) or name.replace("_", " ")

    def _shared_title(self, full: str) -> str:
        for book in reversed(self._books.sides):
            if full in book.shared:
                titles = book.shared[full].parameter.title
                return self._wording.titled_parameter(full, titles, "") or full
        return full

    def _parameter(self, rule: str, name: str) -> Parameter | None:
        for book in reversed(self._books.sides):
            known = book.rules.get(rule)
            if known is not None and name in known.parameters:
                return known.parameters[name]
        return None

    def sides(self, change: Change) -> tuple[str | None, str | None]:
        """Return what was and what is, None for a side on which there is nothing."""
        before, after = change.before, change.after
        if isinstance(before, tuple) and isinstance(after, tuple):
            return self._lists(before, after)
        return self._said(change, before), self._said(change, after)

    def _lists(self, before: tuple[object, ...], after: tuple[object, ...]) -> tuple[str, str]:
        """Return two lists; of long ones what only one of them has."""
        if max(len(before), len(after)) > MAX_LISTED:
            gone = tuple(one for one in before if one not in after)
            come = tuple(one for one in after if one not in before)
            say = self._speech.say
            return (
                say("rules_diff.without", list=self._listed(gone)),
                say("rules_diff.with", list=self._listed(come)),
            )
        return self._listed(before), self._listed(after)

    def _listed(self, items: tuple[object, ...]) -> str:
        shown = [self._plain(one) for one in items[:MAX_LISTED]]
        listed = self._wording.joined(shown)
        rest = len(items) - MAX_LISTED
        return self._speech.say("list.more", list=listed, count=rest) if rest > 0 else listed

    def _said(self, change: Change, value: object) -> str | None:
        if value is None:
            return None
        if change.key == EFFECTS and isinstance(value, str):
            return self._speech.say(f"effect.{value}")
        if isinstance(value, tuple):
            return self._listed(value)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if change.unit and is_number:
            return self._wording.quantity(float(str(value)), change.unit)
        return self._plain(value)

    def _plain(self, value: object) -> str:
        if isinstance(value, bool | int | float | date):
            return self._wording.bare(value)
        return str(value)
