"""Words of one bound rulebook in one language: labels, values with units, and whole sentences."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from offsetcheck.explain.quantity import (
    CALENDAR_YEAR,
    NOWHERE,
    PERCENT,
    SHARES,
    countries,
    country_words,
    date_words,
    locale_named,
    money_words,
    number_words,
    percent_words,
    score_words,
    step_of,
    time_words,
)
from offsetcheck.explain.templates import fill
from offsetcheck.explain.translated import ENGLISH, Translated
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import Derived, FieldRef, Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.texts import keys
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.vocabulary.shown import shorten

COUNTRY = "country"
GUIDE = "guide"  # the layer below every jurisdiction and city
LOCALE = "locale"  # the key of a language's CLDR locale, which writes its numbers and dates
PARTLY = "report.partly"  # says that some words stand in English; empty where none do
REVIEWED_BY = "reviewed.by"  # the key of a language that a native speaker has reviewed
UNREVIEWED = "report.unreviewed"  # says that none has; empty where one has

UNITS = {
    "tCO2e": "unit.tonnes",
    "tCO2e/year": "unit.tonnes_a_year",
    "points": "unit.points",
    "MW": "unit.megawatts",
    "km": "unit.kilometres",
    "full-time jobs": "unit.jobs",
}
"""The keys of units that CLDR does not write as reports need them."""

MOST_NAMED = 12
"""Possible values that a sentence names one by one; the rest is counted."""


class Wording(Translated):
    """The words of a bound rulebook in one language, English where a translation is missing.

    Raises RequestError for a language that the rulebook has no file of words for.
    """

    def __init__(self, bound: BoundRulebook, language: str) -> None:
        self.bound = bound
        self.language = language
        super().__init__(words_in(bound.words, language), language)
        self.locale = bound.words[language].get(LOCALE, language)
        self._titles: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}
        self._step = step_of(cut for _, cut in bound.scheme.grades)

    @property
    def words(self) -> Mapping[str, str]:
        """All words by key, as templates read them."""
        return self._words

    def word(self, key: str, /, **values: object) -> str:
        """Return the words of a key with its {values} filled in; raise KeyError for no such key."""
        text = self._words[key]
        if not values:
            return text
        return fill(text, lambda name: str(values[name]) if name in values else None) or text

    def city(self) -> str:
        """Return the city's name; of an example it says that it is one."""
        city = self.bound.city
        name = self.pick(city.name, f"city_name.{city.id}")
        return name if city.example is None else self.word("city.example", city=name)

    def field(self, name: str) -> Field | None:
        """Return the field of a name such as `vintage` or `purchase.year`."""
        dictionary = self.bound.dictionary
        if name.startswith("purchase."):
            return dictionary.purchase.get(name.removeprefix("purchase."))
        return dictionary.candidate.get(name) or dictionary.portfolio.get(name)

    def title(self, name: str) -> str:
        """Return how reports call a field or a parameter."""
        if name not in self._titles:
            field = self.field(name)
            self._titles[name] = self.field_title(field) if field else _plain_name(name)
        return self._titles[name]

    def parameter_title(self, parameter: BoundParameter, rule: BoundRule) -> str:
        """Return how reports call a parameter: by its title, else by its name in plain words."""
        return self.parameter_words(parameter, rule.id) or _plain_name(parameter.name)

    def value(self, name: str, value: Value, currency: str | None = None) -> str:
        """Return a field's value with unit, code title and the language's separators."""
        field = self.field(name)
        if field is None:
            return self.bare(value)
        if isinstance(value, tuple):
            return self.joined([self._one(field, item, currency) for item in value])
        return self._one(field, value, currency)

    def possible(self, name: str, values: Sequence[Value], most: int = MOST_NAMED) -> str:
        """Return the values of which a field has one, by their titles; the rest is counted.

        Of lists that all hold some words these are named, and that there may be others.
        """
        if shared := _in_all(values):
            return self.word("list.perhaps_more", list=self.value(name, shared))
        words = [self.value(name, value) for value in values]
        between = "; " if any("," in word for word in words) else ", "
        named = between.join(words[:most])
        rest = len(words) - most
        return named if rest <= 0 else self.word("list.more", list=named, count=rest)

    def parameter(
        self, parameter: BoundParameter, rule: BoundRule | None = None, at_most: int | None = None
    ) -> str | None:
        """Return a parameter's value with its unit, None where nobody has set one.

        Of a list at most so many values are named, and the rest counted.
        """
        value = parameter.value
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.quantity(value, parameter.unit)
        codes = self._codes_of(rule) if rule else {}
        items = value if isinstance(value, tuple) else (value,)
        words = [codes.get(str(item)) or self.bare(item) for item in items]
        if not isinstance(value, tuple):
            return words[0]
        if at_most is None or len(words) <= at_most:
            return self.joined(words)
        named = self.joined(words[:at_most])
        return self.word("list.more", list=named, count=len(words) - at_most)

    def bare(self, value: Value) -> str:
        """Return a value whose field is not known in plain words."""
        if isinstance(value, bool):
            return self.word("bool.true" if value else "bool.false")
        if isinstance(value, (int, float)):
            return number_words(value, self.locale)
        if isinstance(value, date):
            return date_words(value, self.locale)
        if isinstance(value, tuple):
            return self.joined([self.bare(item) for item in value])
        return shorten_and_encode(value)

    def joined(self, items: list[str]) -> str:
        """Return a list in one line; the word for none where it is empty."""
        return ", ".join(items) if items else self.word("list.none")

    def day(self, day: date) -> str:
        """Return a date in words."""
        return date_words(day, self.locale)

    def score(self, thousandths: int) -> str:
        """Return a score in points."""
        return score_words(thousandths, self.locale, self._step)

    def shown_score(self, thousandths: int) -> int:
        """Return a score in thousandths as it is shown."""
        return thousandths // self._step * self._step

    def percent(self, share: float) -> str:
        """Return a share in whole words."""
        return percent_words(share, self.locale)

    def grade(self, grade: EvidenceGrade) -> str:
        """Return an evidence grade with what it means."""
        return f"{grade.name} ({self.word(f'grade.{grade.name}')})"

    def tonnes(self, value: float) -> str:
        """Return an amount of tonnes."""
        return self.quantity(value, "tCO2e")

    def quantity(self, value: float, unit: str | None, currency: str | None = None) -> str:
        """Return a number with its unit; a unit of which there are no words stands as it is."""
        if unit == CALENDAR_YEAR:
            return f"{value:.0f}"
        if unit in SHARES or unit == PERCENT:
            share = value / 100 if unit == PERCENT else value
            return percent_words(share, self.locale)
        if unit and unit.startswith("per tonne"):
            return self.word("unit.per_tonne", amount=self.money(value, currency))
        number = number_words(value, self.locale)
        if unit is None:
            return number
        time = time_words(value, unit, self.locale)
        if time is not None or unit not in UNITS:
            return time or f"{number} {unit}"
        return self.word(UNITS[unit], number=number)

    def counted(self, key: str, count: int, /, **values: object) -> str:
        """Return the words of a key for one or for several, as the language counts."""
        category = locale_named(self.locale).plural_form(count)
        form = "one" if category == "one" else "many"
        chosen = f"{key}.{form}"
        return self.word(chosen, count=self.bare(count), **values)

    def money(self, amount: float, currency: object) -> str:
        """Return an amount with the ISO code of its currency."""
        return money_words(amount, str(currency or ""), self.locale)

    def document(self, kind: str) -> str:
        """Return the title of a kind of paper, or the text itself where it is a name."""
        known = self.bound.dictionary.documents.get(kind)
        return self.pick(known.title, f"paper_title.{kind}") if known else kind

    def layer(self, layer: str) -> str:
        """Return who set a value or changed a rule: the guide, the city, a state or union."""
        if layer == GUIDE:
            return self.word("layer.guide")
        return (
            self.city()
            if layer == self.bound.city.id
            else country_words(layer.upper(), self.locale)
        )

    def table(self, table: str) -> str:
        """Return the title of a reference table with its edition."""
        title = self.pick(self.bound.table_titles.get(table, {}), f"table.{table}")
        edition = self.bound.tables.get(table)
        named = title or _plain_name(table)
        return self.word("layer.table", table=named, edition=edition) if edition else named

    def dimension(self, dimension: str) -> str:
        """Return the title of a dimension."""
        for scheme in self.bound.scheme.dimensions:
            if scheme.id == dimension:
                return self.pick(scheme.title, f"dimension_title.{dimension}")
        return _plain_name(dimension)

    def _one(self, field: Field, value: Value, currency: str | None) -> str:
        if field.name == COUNTRY and isinstance(value, str):
            return country_words(value, self.locale)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            title = self.code(field, value) if isinstance(value, str) else None
            return title or self.bare(value)
        if field.type is FieldType.INTEGERS:
            return str(int(value))
        return self.quantity(value, field.unit, currency)

    def _codes_of(self, rule: BoundRule) -> dict[str, str]:
        """Return the titles of the codes that a rule speaks of; of two the outer field's."""
        if rule.id not in self._codes:
            nodes = (node for tree in rule.expressions() for node in walk(tree))
            named = (node.name for node in nodes if isinstance(node, Derived | Lookup | FieldRef))
            fields = [self.field(name) for name in dict.fromkeys((*named, *rule.inputs))]
            titles: dict[str, str] = {}
            for field in filter(None, fields):
                if field.name == COUNTRY:
                    known = countries(self.locale)
                    titles |= {code: country_words(code, self.locale) for code in known}
                    titles |= dict.fromkeys(NOWHERE, self.word("layer.no_country"))
                for code in field.codes:
                    titles.setdefault(code, self.code(field, code) or code)
            self._codes[rule.id] = titles
        return self._codes[rule.id]


def words_in(words: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    """Return all words of a language by key, English where a translation is missing.

    `words` are those of a rulebook by language. Raises RequestError for a language without any.
    """
    check_language(language, words)
    english, own = words[ENGLISH], words[language]
    whole = {} if keys.PARTLY in own else {PARTLY: ""}
    reviewed = {UNREVIEWED: ""} if language == ENGLISH or own.get(REVIEWED_BY) else {}
    return {**english, **own, **whole, **reviewed}


def check_language(language: str, known: Iterable[str]) -> None:
    """Raise RequestError for a language that is none of those known, and name them."""
    languages = sorted(known)
    if language not in languages:
        message = f"there are no words in `{language}`; there are {', '.join(languages)}"
        raise RequestError.about("language", message, did_you_mean(language, languages))


def shorten_and_encode(text: str) -> str:
    """Return a stranger's text as a report tells it: cut where it is endless, fit to be written."""
    text = shorten(text)
    return text if text.isascii() else text.encode(errors="replace").decode()


def _plain_name(name: str) -> str:
    words = name.rpartition(".")[2].lstrip("$").replace("_", " ")
    return words[:1].upper() + words[1:]


def _in_all(values: Sequence[Value]) -> tuple[str, ...]:
    """Return what each of several lists of codes holds, nothing where one is no list."""
    lists = [value for value in values if isinstance(value, tuple)]
    if len(lists) < len(values) or len(lists) < 2:  # noqa: PLR2004 - one list is no choice
        return ()
    return tuple(str(word) for word in lists[0] if all(word in other for other in lists))
