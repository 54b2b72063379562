"""The layouts that are known: one YAML file of this folder each, read when a list is read.

Parsing YAML takes a millisecond a file, so that what it gave is kept in the user's cache under the
content of all files and of the parser; it is held against the form of a layout each time.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from pydantic import ValidationError

from offsetcheck.ground.cache import keep, own_cache, recall
from offsetcheck.ground.version import __version__
from offsetcheck.intake.layouts import layout as layout_code
from offsetcheck.intake.layouts.layout import Layout, layout_key
from offsetcheck.intake.normalise import text as text_code
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary import headings as headings_code
from offsetcheck.vocabulary.forms import compose as parser
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.headings import heading_key as as_words

FOLDER = Path(__file__).parent
ZONE = " (gmt)"
KEPT = 4  # sets of layouts in the cache; the oldest go first


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Return every layout, in the order of their ids.

    A file that is no layout raises RulebookError with every mistake at its place.
    """
    files, cache = _files(), _cache()
    if cache is None:
        return _read(_composed(files))
    mark = _key(files, parser)
    place = cache / f"{mark[:40]}.layouts"
    if (known := _known(recall(place, mark))) is not None:
        return known
    documents = _composed(files)
    read = _read(documents)
    data = [document.data for document in documents]
    keep(place, mark, json.dumps(data, ensure_ascii=False).encode(), most=KEPT)
    return read


def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}


def _cache() -> Path | None:
    return None if os.environ.get("OFFSETCHECK_CACHE") == "off" else own_cache("offsetcheck")


def read_layout(document: Document, problems: Problems) -> Layout | None:
    """Return the layout of a file, None with every mistake noted at its line and column."""
    problems.of_document(document)
    layout = build(Layout, document.data, document, problems)
    if layout is not None and f"{layout.id}.yaml" != document.file:
        message = f"the id is `{layout.id}`, but the file is called `{document.file}`"
        problems.at_value(document, ("id",), message, "give both one name")
    return layout


def _composed(files: Mapping[str, bytes]) -> list[Document]:
    return [parser.compose(content.decode("utf-8"), name) for name, content in files.items()]


def _read(documents: Sequence[Document]) -> tuple[Layout, ...]:
    problems = Problems()
    read = [read_layout(document, problems) for document in documents]
    problems.stop()
    return tuple(layout for layout in read if layout is not None)


def _known(content: bytes | None) -> tuple[Layout, ...] | None:
    """Return the layouts that were kept, None where there are none or they are no layouts."""
    try:
        kept = None if content is None else json.loads(content)
        return None if kept is None else tuple(Layout.model_validate(data) for data in kept)
    except (ValueError, TypeError, ValidationError):
        return None


def _key(files: Mapping[str, bytes], *code: ModuleType) -> str:
    """Return the SHA-256 of all that decides what the files give, modules of code among it."""
    digest = hashlib.sha256(f"{__version__}\0".encode())
    read = ((module.__name__, Path(str(module.__file__)).read_bytes()) for module in code)
    for name, content in (*read, *files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def registry_headers() -> frozenset[str]:
    """Return every heading that some layout knows, in each form in which it may be compared.

    To take the forms of `vocabulary.headings` of these again would cost more than to read a list,
    so that they are kept beside the layouts.
    """
    cache = _cache()
    if cache is None:
        return _headers()
    mark = _key(_files(), parser, layout_code, text_code, headings_code)
    place = cache / f"{mark[:40]}.headers"
    if (known := _known_headers(recall(place, mark))) is not None:
        return known
    made = _headers()
    keep(place, mark, json.dumps(sorted(made), ensure_ascii=False).encode(), most=KEPT)
    return made


def _known_headers(content: bytes | None) -> frozenset[str] | None:
    """Return the headings that were kept, None where there are none or they are no texts."""
    try:
        kept = None if content is None else json.loads(content)
    except ValueError:
        return None
    if not isinstance(kept, list) or not all(isinstance(one, str) for one in kept):
        return None
    return frozenset(kept)


def _headers() -> frozenset[str]:
    plain = {
        name
        for layout in layouts()
        for heading in layout.headings()
        for name in (key(heading), layout_key(heading))
    }
    bare = {words for name in plain for words in (as_words(name), as_words(f"{name}{ZONE}"))}
    return frozenset(
        form for name in plain for form in (name, name.replace(" ", "_"), f"{name}{ZONE}")
    ).union(bare)


def record_paths() -> Sequence[tuple[str, ...]]:
    """Return where the rows stand in the JSON of an API, each as the keys that lead to them."""
    paths = (path for layout in layouts() for path in layout.records)
    return [tuple(path.split(".")) for path in dict.fromkeys(paths)]
