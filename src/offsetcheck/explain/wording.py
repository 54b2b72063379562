"""Words of one bound rulebook in one language: labels, values with units, and whole sentences."""

from collections.abc import Iterable, Mapping, Sequence

from offsetcheck.explain.quantity import (
    NOWHERE,
    countries,
    country_words,
    step_of,
)
from offsetcheck.explain.templates import fill
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.explain.value_words import ValueWords, shorten_and_encode
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import Derived, FieldRef, Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.texts import keys
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.vocabulary.problem import RequestError

__all__ = [
    "COUNTRY",
    "GUIDE",
    "LOCALE",
    "MOST_NAMED",
    "PARTLY",
    "REVIEWED_BY",
    "UNREVIEWED",
    "Wording",
    "check_language",
    "shorten_and_encode",
    "words_in",
]

COUNTRY = "country"
UNION = "EU"
GUIDE = "guide"  # the layer below every jurisdiction and city
LOCALE = "locale"  # the key of a language's CLDR locale, which writes its numbers and dates
OTHER_RULES = "notice.other_rules"  # empty where no others were named, or none at all
PARTLY = "report.partly"  # says that some words stand in English; empty where none do
REVIEWED_BY = "reviewed.by"  # the key of a language that a native speaker has reviewed
UNREVIEWED = "report.unreviewed"  # says that none has; empty where one has

MOST_NAMED = 12
"""Possible values that a sentence names one by one; the rest is counted."""


class Wording(ValueWords):
    """The words of a bound rulebook in one language, English where a translation is missing.

    `named` is the hash of the rules that a notice of tender names, if it does: where the rulebook
    is another one, the name of the city says so wherever it stands, and `other_rules` in full.
    Raises RequestError for a language that the rulebook has no file of words for.
    """

    def __init__(self, bound: BoundRulebook, language: str, named: str | None = None) -> None:
        self.bound = bound
        self.language = language
        words = words_in(bound.words, language)
        locale = bound.words[language].get(LOCALE, language)
        super().__init__(words, language, locale, step_of(cut for _, cut in bound.scheme.grades))
        self._words = {**words, OTHER_RULES: self._other_rules(named)}
        self._titles: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}

    @property
    def words(self) -> Mapping[str, str]:
        """All words by key, as templates read them."""
        return self._words

    def city(self) -> str:
        """Return the city's name; it says of an example and of other rules that they are."""
        city = self.bound.city
        name = self.pick(city.name, f"city_name.{city.id}")
        name = name if city.example is None else self.word("city.example", city=name)
        return self.noted(name)

    def noted(self, city: str) -> str:
        """Return the name of a city, with other rules than those of its notice said of it."""
        return self.word("notice.city", city=city) if self.other_rules else city

    @property
    def other_rules(self) -> str:
        """That these are other rules than a notice names, in a sentence; empty where they are not.

        It stands among the words too, for templates.
        """
        return self._words[OTHER_RULES]

    def _other_rules(self, named: str | None) -> str:
        used, words = self.bound.files_hash, self.bound.words
        if named in {None, used}:
            return ""
        said = words[self.language].get(OTHER_RULES, words[ENGLISH][OTHER_RULES])
        return fill(said, {"named": named, "used": used}.get) or said

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

    def grade(self, grade: EvidenceGrade) -> str:
        """Return an evidence grade with what it means."""
        return f"{grade.name} ({self.word(f'grade.{grade.name}')})"

    def document(self, kind: str) -> str:
        """Return the title of a kind of paper, or the text itself where it is a name."""
        known = self.bound.dictionary.documents.get(kind)
        return self.pick(known.title, f"paper_title.{kind}") if known else kind

    def layer(self, layer: str) -> str:
        """Return who set a value or changed a rule: the guide, the city, a state or union."""
        if layer == GUIDE:
            return self.word("layer.guide")
        if layer == self.bound.city.id:
            return self.city()
        code, own = layer.upper(), self.bound.jurisdiction_names.get(layer)
        if own is None or code == UNION or code in countries(self.locale):
            return country_words(code, self.locale)
        return self.pick(own)

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
    return {**english, **own, **whole, **reviewed, OTHER_RULES: ""}


def check_language(language: str, known: Iterable[str]) -> None:
    """Raise RequestError for a language that is none of those known, and name them."""
    languages = sorted(known)
    if language not in languages:
        message = f"there are no words in `{language}`; there are {', '.join(languages)}"
        raise RequestError.about("language", message, did_you_mean(language, languages))


def _plain_name(name: str) -> str:
    words = name.rpartition(".")[2].lstrip("$").replace("_", " ")
    return words[:1].upper() + words[1:]


def _in_all(values: Sequence[Value]) -> tuple[str, ...]:
    """Return what each of several lists of codes holds, nothing where one is no list."""
    lists = [value for value in values if isinstance(value, tuple)]
    if len(lists) < len(values) or len(lists) < 2:  # noqa: PLR2004 - one list is no choice
        return ()
    return tuple(str(word) for word in lists[0] if all(word in other for other in lists))
