"""The order in which columns are computed: as few of them as can be, in as few passes."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.engine.spark.lookups import KeyGroup

COLUMN = re.compile(r"\b_c\d+\b")
WORD = re.compile(r"\w+")
LONGEST = 2_000  # characters of a text into which others are written
SHORT = 120  # characters of a text that costs less to compute again than to hand on


@dataclass(frozen=True, slots=True)
class Layer:
    """Columns that read only those before; of these, what is in `kept` may be read later."""

    columns: Mapping[str, str]
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class Round:
    """Layers of columns, the last of which holds the keys of lookups; none: the results."""

    layers: Sequence[Layer]
    groups: Sequence[KeyGroup]


def rounds(
    texts: Mapping[str, str], groups: Sequence[KeyGroup], outputs: Mapping[str, str]
) -> list[Round]:
    """Return in which order columns, answers of lookups and outputs are had.

    A column that is short, or read once, is written into its readers. Lookups whose keys need no
    other lookup are answered together, then those that need these; what no key needs is computed at
    the end.
    """
    keys = {group.column.text: group.key for group in groups}
    columns = {**texts, **keys, **outputs}
    columns = _folded(columns, tuple(dict.fromkeys((*keys, *outputs))))
    return list(_in_rounds(columns, groups, frozenset(outputs)))


def read_by(text: str) -> list[str]:
    """Return the named columns that a text reads, as often as it does."""
    return COLUMN.findall(text)


def _folded(columns: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    """Return the columns that are wanted and what they read, many of which are written into it.

    In an order that rests on that of `wanted`: the same plan is made in every process.
    """
    whole = frozenset(wanted)
    uses = Counter(name for name in _reached(columns, wanted) for name in read_by(columns[name]))
    folded: dict[str, str] = {}

    def text_of(name: str) -> str:
        if name not in folded:
            folded[name] = COLUMN.sub(lambda match: inner(match[0]), columns[name])
        return folded[name]

    def inner(name: str) -> str:
        if name not in columns or name in whole:
            return name
        text = text_of(name)
        return f"({text})" if len(text) <= (LONGEST if uses[name] == 1 else SHORT) else name

    for name in _reached(columns, wanted):
        text_of(name)
    return {name: folded[name] for name in _reached(folded, wanted)}


def _reached(columns: Mapping[str, str], wanted: Iterable[str]) -> list[str]:
    """Return wanted columns and all that they read, each once, what is read before its reader."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in columns and name not in found:
            for other in read_by(columns[name]):
                visit(other)
            found[name] = None

    for name in wanted:
        visit(name)
    return list(found)


def _in_rounds(
    columns: Mapping[str, str], groups: Sequence[KeyGroup], outputs: frozenset[str]
) -> Iterator[Round]:
    answered = {name: group for group in groups for name in group.answered}
    waits = _rounds_waited(columns, answered)
    left = dict(columns)
    for number in range(max((waits[g.column.text] for g in groups), default=-1) + 1):
        asked = [group for group in groups if waits[group.column.text] == number]
        wanted = {group.column.text for group in asked}
        here = {name: left.pop(name) for name in _reached(left, sorted(wanted))}
        yield Round(_layers(here, _read_in(left) | wanted), asked)
    yield Round(_packed(_layers(left, outputs), outputs), [])


def _rounds_waited(columns: Mapping[str, str], answered: Mapping[str, KeyGroup]) -> dict[str, int]:
    """Return for each column how many rounds of lookups come before it."""
    waits: dict[str, int] = {}

    def wait(name: str) -> int:
        if name in answered:
            return wait(answered[name].column.text) + 1
        if name not in columns:
            return 0
        if name not in waits:
            waits[name] = max(map(wait, read_by(columns[name])), default=0)
        return waits[name]

    for name in columns:
        wait(name)
    return waits


def _layers(columns: Mapping[str, str], wanted: Collection[str]) -> list[Layer]:
    """Return columns in layers, with what is still read after each."""
    places = _places(columns)
    layers: list[Layer] = []
    later = frozenset(wanted)
    for place in range(max(places.values(), default=-1), -1, -1):
        here = {name: columns[name] for name, at in places.items() if at == place}
        layers.append(Layer(here, later))
        later |= _read_in(here)
    return layers[::-1]


def _places(columns: Mapping[str, str]) -> dict[str, int]:
    """Return the layer of each column: as late as can be, what nobody reads as early.

    A row is written anew in each layer, so that what is handed on through many costs the most.
    """
    reads = {name: [o for o in read_by(text) if o in columns] for name, text in columns.items()}
    depths: dict[str, int] = {}
    for name in _reached(columns, columns):
        depths[name] = max((depths[other] + 1 for other in reads[name]), default=0)
    readers: dict[str, list[str]] = {}
    for name in columns:
        for other in reads[name]:
            readers.setdefault(other, []).append(name)
    places: dict[str, int] = {}
    for name in sorted(readers, key=depths.__getitem__, reverse=True):
        asked = [places[reader] for reader in readers[name] if reader in readers]
        places[name] = min(asked) - 1 if asked else depths[name]
    for name in columns:
        if name not in readers:
            places[name] = max((places[other] + 1 for other in reads[name]), default=0)
    return places


def _packed(layers: Sequence[Layer], outputs: Collection[str]) -> list[Layer]:
    """Return layers in which the outputs of each are one column, unpacked at the end.

    Spark hands one on at the price of a copy, and hundreds at that of writing each.
    """
    packed: list[Layer] = []
    unpacked: dict[str, str] = {}
    for place, layer in enumerate(layers):
        done = [name for name in layer.columns if name in outputs]
        columns = {n: text for n, text in layer.columns.items() if n not in outputs}
        if done:
            parts = (f"'p{number}', {layer.columns[n]}" for number, n in enumerate(done))
            columns[f"_done{place}"] = f"named_struct({', '.join(parts)})"
            unpacked |= {n: f"_done{place}.p{number}" for number, n in enumerate(done)}
        packed.append(
            Layer(columns, layer.kept | {text.split(".")[0] for text in unpacked.values()})
        )
    return [*packed, Layer(unpacked, frozenset(outputs))]


def _read_in(columns: Mapping[str, str]) -> frozenset[str]:
    """Return the words of texts, among which are the names of all columns that they read."""
    return frozenset(word for text in columns.values() for word in WORD.findall(text))
