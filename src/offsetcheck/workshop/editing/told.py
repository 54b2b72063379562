"""What is told of a name: a field, a parameter with its values, a guide, a rule."""

from collections.abc import Callable, Iterator, Mapping

from offsetcheck.rulebook.policies.layers import layers_of
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.policies.values import Setting
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.workshop.editing.index import Index
from offsetcheck.workshop.editing.mentions import Named, Role
from offsetcheck.workshop.schemas.names import fields_in, parameters_in

MOST_NAMED = 12
"""Rules or codes that are named; of more the count is told."""

Lines = Iterator[str]


def told(of: Named, name: str, rulebook: Rulebook, index: Index) -> str | None:
    """Return what is known of a name as Markdown, None where nothing is."""
    teller = TELLERS.get(of)
    if teller is None:
        return None
    lines = [*teller(name, rulebook), *_spoken_by(of, name, index)]
    return "\n\n".join(lines) if len(lines) > 1 else None


def _field(name: str, rulebook: Rulebook) -> Lines:
    subject, _, bare = name.partition(".")
    known = fields_in(rulebook)
    field = known.get(f"purchase.{bare}" if subject == "purchase" else bare)
    if field is None:
        return
    yield f"**{field.title.get('en', bare)}** (`{_said_in_rules(field)}`)"
    yield ", ".join(_traits(field))
    if "en" in field.question:
        yield field.question["en"]
    if field.codes:
        yield "Codes: " + _some([f"`{code}`" for code in field.codes])
    if field.derive is not None:
        yield f"Computed: `{' '.join(field.derive.split())}`"
    if field.lookup is not None:
        yield f"Looked up in `{field.lookup.table}`, column `{field.lookup.column}`"


def _said_in_rules(field: Field) -> str:
    return f"purchase.{field.name}" if field.subject.value == "purchase" else field.name


def _traits(field: Field) -> Lines:
    yield f"type {field.type.value}"
    if field.unit is not None:
        yield f"unit {field.unit}"
    if field.range is not None:
        low, high = (("…" if end is None else f"{end:g}") for end in field.range)
        yield f"from {low} to {high}"
    if field.identity:
        yield "tells who and what the offer is"
    if field.moves:
        yield "changes from day to day"


def _parameter(full: str, rulebook: Rulebook) -> Lines:
    parameter = parameters_in(rulebook).get(full)
    if parameter is None:
        return
    title = (parameter.title or {}).get("en", full)
    unit = f", unit {parameter.unit}" if parameter.unit else ""
    yield f"**{title}** (`{full}`{unit}, tighter: {parameter.tighter})"
    rows = [
        *(f"- guide from {day}: {_value(one.value)}" for day, one in parameter.values.items()),
        *_set_by_layers(full, rulebook),
    ]
    yield "\n".join(rows or ["- the guide has no value: each city names its own"])


def _set_by_layers(full: str, rulebook: Rulebook) -> Lines:
    layers: dict[str, Jurisdiction | CityFile] = {**rulebook.jurisdictions, **rulebook.cities}
    for name, layer in sorted(layers.items()):
        if full in layer.parameters:
            for day, one in layer.parameters[full].dated.items():
                since = f" from {day}" if day.year > 1 else ""
                yield f"- {name}{since}: {_set(one)}"
        if full in getattr(layer, "undecided", ()):
            yield f"- {name}: not decided"


def _set(one: Setting) -> str:
    if not one.changes_a_list:
        return _value(one.value)
    return ", ".join(f"{how} {_value(items)}" for how, items in one.parts if items)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return _some([f"`{item}`" for item in value]) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value}`"


def _guide(name: str, rulebook: Rulebook) -> Lines:
    guide = rulebook.guides.get(name)
    if guide is None:
        return
    yield f"**{guide.title}** (`{name}`)"
    parts = (guide.publisher, guide.edition, guide.date)
    yield ", ".join(str(part) for part in parts if part) or "no publisher is named"
    if guide.url:
        yield f"<{guide.url}>"


def _rule(name: str, rulebook: Rulebook) -> Lines:
    rule = rulebook.rules.get(name)
    if rule is None:
        return
    file = rule.file
    yield f"**{file.title}** (`{name}`{f', {file.code}' if file.code else ''})"
    yield ", ".join(
        (file.effect + (f" {file.cap}" if file.cap else ""), file.status, file.adoption)
    )
    yield file.says["en"].requires
    yield _logic(rule)


def _logic(rule: LoadedRule) -> str:
    rows = (
        [f"applies when {' '.join(rule.file.applies_when.split())}"]
        if rule.file.applies_when
        else []
    )
    rows += [
        f"{level or 'requires'}: {' '.join(text.split())}" for level, text in rule.file.conditions
    ]
    return "```\n" + "\n".join(rows) + "\n```"


def _city(name: str, rulebook: Rulebook) -> Lines:
    city = rulebook.cities.get(name)
    if city is None:
        return
    yield f"**{city.name.get('en', name)}** (`{name}`)"
    layers = ", ".join(city.jurisdictions) or "no jurisdiction"
    yield f"{city.kind}, {layers}, {len(layers_of(city, rulebook.jurisdictions))} layers"


def _jurisdiction(name: str, rulebook: Rulebook) -> Lines:
    layer = rulebook.jurisdictions.get(name)
    if layer is not None:
        yield f"**{layer.name.get('en', name)}** (`{name}`)"
        yield f"{layer.binding}; sets {len(layer.parameters)} parameters"


def _document(name: str, rulebook: Rulebook) -> Lines:
    kind = rulebook.dictionary.documents.get(name)
    if kind is not None:
        yield f"**{kind.title.get('en', name)}** (`{name}`)"
        yield f"at best {kind.ceiling.name}"


def _table(name: str, rulebook: Rulebook) -> Lines:
    table = rulebook.tables.get(name)
    if table is None:
        return
    yield f"**{(table.entry.title or {}).get('en', name)}** (`{name}`)"
    yield "\n".join(
        f"- {edition.label}: `{edition.file}`, serves from {edition.valid_from}"
        for edition in table.entry.editions
    )
    columns = dict.fromkeys(c for file in table.files.values() for c in file.columns)
    yield "Columns: " + _some([f"`{column}`" for column in columns])


def _fact(name: str, rulebook: Rulebook) -> Lines:
    bare = name.removeprefix("city.")
    held = {c: city.facts[bare].value for c, city in rulebook.cities.items() if bare in city.facts}
    kind = rulebook.city_types.get(bare)
    if kind is not None:
        yield f"**`{name}`**, type {kind.value}"
        yield "\n".join(f"- {city}: {_value(value)}" for city, value in sorted(held.items())) or "-"


def _spoken_by(of: Named, name: str, index: Index) -> Lines:
    """Yield which rules, or files where there are none, speak of a name."""
    files = dict.fromkeys(m.file for m in index.all_of(of, name) if m.role is not Role.MAKES)
    files = {path: None for path in files if not path.startswith("words/")}
    if files and of in {
        Named.FIELD,
        Named.GUIDE,
        Named.RULE,
        Named.TABLE,
        Named.FACT,
        Named.DOCUMENT,
    }:
        yield f"Named in {_some([f'`{path}`' for path in files])}"


def _some(words: list[str]) -> str:
    rest = len(words) - MOST_NAMED
    shown = ", ".join(words[:MOST_NAMED])
    return shown if rest <= 0 else f"{shown} and {rest} more"


TELLERS: Mapping[Named, Callable[[str, Rulebook], Lines]] = {
    Named.FIELD: _field,
    Named.PARAMETER: _parameter,
    Named.GUIDE: _guide,
    Named.RULE: _rule,
    Named.CITY: _city,
    Named.JURISDICTION: _jurisdiction,
    Named.DOCUMENT: _document,
    Named.TABLE: _table,
    Named.FACT: _fact,
}
