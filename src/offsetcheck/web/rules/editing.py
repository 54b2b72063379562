"""Edits of the served rules: where they may be written, on what they are tried, and the writing."""

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from offsetcheck import Rulebook
from offsetcheck.api.rule_bench import RuleBench, TriedOn, tried_on
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.rules_diff import ListEffect
from offsetcheck.web.folder.edits import changing, refuse_changed, seen, write
from offsetcheck.web.folder.kept import day_of, open_for, rulebook_of
from offsetcheck.web.folder.tenders import PURCHASE, TenderFolder, tenders
from offsetcheck.web.register.interest import may_see
from offsetcheck.web.visit import RefusedError, Visit, Workplace

RULES_LOCK = ".rules"
"""Under what name the rules are held while one of them is written; no tender begins with a dot."""
SAMPLES = ("turku", "bogota", "melbourne")
LISTS = frozenset({".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".parquet"})
MOST_LISTS = 100
MOST_KEPT = 4
TENDER, LIST, SAMPLE = "tender", "list", "sample"


@dataclass(frozen=True, slots=True)
class Place:
    """Something on which a change can be tried: how a form names it, its name, where it lies."""

    code: str
    kind: str
    name: str
    path: Path
    tender: TenderFolder | None = None


_bench: list[tuple[Rulebook, RuleBench]] = []
_tried: "OrderedDict[tuple[str, str, str, str], tuple[object, TriedOn]]" = OrderedDict()


def writable(workplace: Workplace) -> Path | None:
    """Return the rule folder that may be edited; None where the rules are installed or a pack."""
    folder = workplace.rules
    if folder is None or not folder.is_dir() or not os.access(folder, os.W_OK):
        return None
    return folder


def may_copy(workplace: Workplace) -> bool:
    """Return whether the installed rules may be copied beside the tenders, to decide there."""
    alone = workplace.given is None and not workplace.many
    return alone and not (workplace.folder / PURCHASE).exists()


def bench_of(visit: Visit) -> RuleBench:
    """Return the bench of the served rules as they stand, kept while no file of them changes.

    Raises RefusedError (403) where they may not be edited.
    """
    folder = writable(visit.workplace)
    if folder is None:
        raise RefusedError(403, "web_rule_edit.closed")
    rulebook = rulebook_of(folder)
    if not _bench or _bench[0][0] is not rulebook:
        _bench[:] = [(rulebook, RuleBench(folder))]
    return _bench[0][1]


def places(visit: Visit) -> tuple[Place, ...]:
    """Return the tenders and lists of the served folder, and the sample tenders.

    Of tenders only those whose offers the person may see: who has an interest in one may not.
    """
    return tuple(_places(visit))


def _places(visit: Visit) -> Iterator[Place]:
    workplace = visit.workplace
    for one in tenders(workplace):
        if may_see(visit, one.name):
            yield Place(f"{TENDER}:{one.name}", TENDER, one.name, one.path, one)
    for path in _lists(workplace.folder):
        yield Place(f"{LIST}:{path.name}", LIST, path.name, path)
    for name in SAMPLES:
        yield Place(f"{SAMPLE}:{name}", SAMPLE, name, bundled("samples") / name)


def _lists(folder: Path) -> list[Path]:
    if (folder / "purchase.yaml").is_file():
        return []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    found = [Path(one.path) for one in entries if one.is_file(follow_symlinks=False)]
    return [path for path in found if path.suffix.casefold() in LISTS][:MOST_LISTS]


def chosen_place(visit: Visit, code: str) -> Place:
    """Return the place of a form's choice, the first where it chooses none that is there."""
    known = places(visit)
    return next((one for one in known if one.code == code), known[0])


def tried_at(visit: Visit, place: Place, city: str) -> TriedOn:
    """Return a place read and judged by the rules as they are, kept while nothing changes.

    Raises what `tried_on` does.
    """
    rules = visit.workplace.rules
    day = day_of(visit)
    key = (place.code, city if place.kind == LIST else "", day.isoformat(), visit.language)
    if place.tender is not None:
        opened = open_for(place.tender, rules, day, visit.language)
        mark: object = opened.case
        known = _tried.get(key)
        if known is None or known[0] is not mark:
            return _keep(key, mark, TriedOn(place.name, opened.case, opened.request))
        return known[1]
    rulebook = rulebook_of(rules)
    mark = (id(rulebook), seen(place.path) if place.kind == LIST else "")
    known = _tried.get(key)
    if known is None or known[0] != mark:
        made = tried_on(
            place.name, place.path, rulebook,
            city=city if place.kind == LIST else None, as_of=day, language=visit.language,
        )  # fmt: skip
        return _keep(key, mark, made)
    return known[1]


def _keep(key: tuple[str, str, str, str], mark: object, made: TriedOn) -> TriedOn:
    _tried[key] = (mark, made)
    _tried.move_to_end(key)
    while len(_tried) > MOST_KEPT:
        _tried.popitem(last=False)
    return made


def looked_at(text: str, place: Place, city: str, effect: ListEffect) -> str:
    """Return what a form remembers of an effect that it showed: of which text, on which offers."""
    parts = (text, place.code, city, effect.model_dump_json())
    return sha256("\0".join(parts).encode()).hexdigest()


@contextmanager
def writing(workplace: Workplace, path: Path, as_seen: str) -> Iterator[None]:
    """Hold the rules while one of their files is written that is still what a form showed.

    Raises RefusedError (409) where it is not.
    """
    folder = writable(workplace)
    if folder is None:
        raise RefusedError(403, "web_rule_edit.closed")
    with changing(workplace, TenderFolder(RULES_LOCK, folder)):
        refuse_changed(path, as_seen)
        yield


def as_on_disk(path: Path, text: str) -> str:
    """Return a text with the ends of lines that its file has."""
    try:
        is_dos = b"\r\n" in path.read_bytes()
    except OSError:
        return text
    return text.replace("\n", "\r\n") if is_dos else text


__all__ = [
    "LIST", "Place", "as_on_disk", "bench_of", "chosen_place", "looked_at", "places", "seen",
    "tried_at", "writable", "write", "writing",
]  # fmt: skip
