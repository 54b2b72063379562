"""The files of a city's own folder: its policy, its words, and what else may lie there."""

import shlex
from collections.abc import Iterator, Mapping

from offsetcheck.report.start.lines import (
    comment,
    commented,
    one_line,
    paragraphs,
    quoted,
    text_of,
)
from offsetcheck.report.start.tender import filled
from offsetcheck.vocabulary.start import CityStart, StartParameter, StartWord

Words = Mapping[str, str]
SOURCE = "our-decision"


def city_files(start: CityStart, words: Words, folder: str) -> dict[str, str]:
    """Return the texts of a city's files by path; `folder` is how commands name the folder."""
    made = {
        "README.md": _readme(start, words, folder),
        "city.yaml": _city(start, words),
        "sources.yaml": _sources(words),
        f"words/{start.language}.yaml": _words(words),
        "templates/README.md": _templates(words, "pages", "pages_copy"),
        "templates/letters/README.md": _templates(words, "letters", "letters_copy"),
    }
    if start.new_jurisdiction is not None:
        name = start.new_jurisdiction.lower()
        made[f"jurisdictions/{name}.yaml"] = _jurisdiction(start, words)
    return {name: text_of(lines) for name, lines in made.items()}


def _city(start: CityStart, words: Words) -> Iterator[str]:
    yield from comment(filled(words, "start.city.head", city=start.name))
    yield f"id: {start.id}"
    if start.extends is not None:
        yield from _said(words, "start.city.extends")
        yield f"extends: {start.extends}"
    if start.extends != start.id:
        yield from _said(words, "start.city.name")
        names = dict.fromkeys(("en", start.language), quoted(start.name))
        yield f"name: {{{', '.join(f'{language}: {name}' for language, name in names.items())}}}"
    if start.extends is None:
        yield from _itself(start, words)
    yield from _decisions(start, words)


def _itself(start: CityStart, words: Words) -> Iterator[str]:
    """Yield the keys that a policy must have and that only one who builds on another leaves out."""
    yield from _said(words, "start.city.example")
    yield f"example: {quoted(words['start.city.example_reason'])}"
    yield from _said(words, "start.city.jurisdictions")
    if not start.jurisdictions:
        yield from comment(words["start.city.fill_jurisdictions"])
    yield f"jurisdictions: [{', '.join(map(quoted, start.jurisdictions))}]"
    yield from _said(words, "start.city.languages")
    yield f"languages: [{start.language}]"
    yield from _said(words, "start.city.scope")
    yield "scope: community"
    yield from _said(words, "start.city.offsetting")
    yield "offsetting: permitted"
    yield from _said(words, "start.city.adopts")
    yield "adopt: all"


def _decisions(start: CityStart, words: Words) -> Iterator[str]:
    yield from _remedy(start, words)
    yield from _floor(start, words)
    yield from _said(words, "start.city.undecided")
    undecided = ["undecided:", *map(_entry, start.undecided)]
    yield from undecided if start.extends is None else commented(undecided)
    yield from _said(words, "start.city.parameters")
    yield from commented(["parameters:"])
    for parameter in start.parameters:
        yield from _parameter(parameter, start.as_of)
    yield from _rest(start, words)


def _parameter(parameter: StartParameter, since: str) -> Iterator[str]:
    yield "#"
    for said in (parameter.rule, parameter.standing, parameter.tighter):
        yield from comment(said, indent="#   ", more="  ")
    # A decision begins on a day: on earlier ones it would be held against values of their time.
    said = f"value: {parameter.now or '…'}, from: {since}, origin: city"
    yield f"#   {parameter.name}: {{{said}, source: {{guide: {SOURCE}, standing: read}}}}"


def _rest(start: CityStart, words: Words) -> Iterator[str]:
    yield from _said(words, "start.city.change")
    yield from commented(["change:", "  - {rule: locality.tier, leave_out: yes, reason: …}"])
    yield from _facts(start, words)
    yield from _said(words, "start.city.notes")
    yield from commented(["notes: [ … ]"])
    yield from _said(words, "start.city.adopt_also")
    yield from commented(["adopt_also:", *map(_entry, start.optional)])


def _entry(word: StartWord) -> str:
    return f"  - {word.id}  # {one_line(word.title)}"


def _floor(start: CityStart, words: Words) -> Iterator[str]:
    yield ""
    said = {"floor": start.floor, "source": start.floor_source}
    yield from comment(filled(words, "start.city.beneath_floor", **said))
    source = f"{{guide: {SOURCE}, standing: read}}"
    yield from commented([f"floor: {{integrity: {start.floor}, origin: city, source: {source}}}"])


def _facts(start: CityStart, words: Words) -> Iterator[str]:
    yield from _said(words, "start.city.facts")
    if start.country is None and start.extends is None:
        yield from comment(words["start.city.fill_country"])
    value = f"{{value: {quoted(start.country or '…')}, source: {{standing: design}}}}"
    facts = ["facts:", f"  country: {value}"]
    yield from commented(facts) if start.country is None else facts


def _remedy(start: CityStart, words: Words) -> Iterator[str]:
    yield from _said(words, "start.city.remedy")
    yield from ["remedy: null"] if start.extends is None else commented(["remedy: …"])


def _said(words: Words, key: str) -> list[str]:
    return ["", *comment(words[key])]


def _sources(words: Words) -> Iterator[str]:
    yield from paragraphs(words, "start.city.sources")
    yield from commented([
        f"{SOURCE}:", "  title: …", "  publisher: …", "  date: 2026-06-15", "  url: https://…",
    ])  # fmt: skip


def _words(words: Words) -> Iterator[str]:
    yield from paragraphs(words, "start.city.words")
    yield from commented(["officer:", f"  sign: {quoted(words['officer.sign'])}"])


def _jurisdiction(start: CityStart, words: Words) -> Iterator[str]:
    code, name = start.new_jurisdiction or "", start.country_name or ""
    yield from comment(filled(words, "start.city.jurisdiction", country=name))
    yield f"id: {quoted(code.lower())}"
    yield f"name: {{en: {quoted(name)}}}"
    yield "binding: guidance"
    yield "parameters:"
    for parameter in (
        "locality.tier.home_countries",
        "additionality.not_already_funded.home_countries",
    ):
        yield f"  {parameter}:"
        yield f"    value: [{quoted(code)}]"
        yield "    origin: jurisdiction"
        yield "    source: {standing: design}"
    yield "notes:"
    yield f"  - {quoted(filled(words, 'start.city.jurisdiction_note', country=name))}"


def _templates(words: Words, *keys: str) -> Iterator[str]:
    yield f"# {words['start.templates.head']}"
    for key in keys:
        yield ""
        yield words[TEMPLATES[key]]


TEMPLATES = {
    "pages": "start.templates.pages",
    "pages_copy": "start.templates.pages_copy",
    "letters": "start.templates.letters",
    "letters_copy": "start.templates.letters_copy",
}


def _readme(start: CityStart, words: Words, folder: str) -> Iterator[str]:
    named = shlex.quote(folder)
    used = shlex.quote(folder if "/" in folder else f"./{folder}")
    yield f"# {one_line(filled(words, 'start.city.head_readme', city=start.name))}"
    for paragraph in ("intro", "decide", "templates"):
        yield ""
        yield words[PARAGRAPHS[paragraph]]
    yield ""
    yield from _shown(words["start.city.check"], "sh", f"offsetcheck cities check {named}")
    yield from _shown(words["start.city.see"], "sh", f"offsetcheck cities show {used}")
    line = f"offsetcheck assess tender/ --city {used}"
    yield from _shown(words["start.city.use"], "sh", line)
    base = quoted(f"../{folder.rstrip('/').rpartition('/')[2]}")
    yield from _shown(words["start.city.use_in_tender"], "yaml", f"city: {base}")


PARAGRAPHS = {
    "intro": "start.city.intro",
    "decide": "start.city.decide",
    "templates": "start.city.templates",
}


def _shown(said: str, language: str, line: str) -> Iterator[str]:
    yield said
    yield ""
    yield f"```{language}"
    yield line
    yield "```"
    yield ""
