"""The installed templates, and copies of them to begin one's own with."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes

from offsetcheck.ground.bundled import bundled
from offsetcheck.report.environment import environment
from offsetcheck.report.template_check.check import BASE, ENDING, LETTERS, base_templates
from offsetcheck.report.template_check.inherited import inherited

BLOCK_TAG = re.compile(r"\{%-?\s*(?:(?P<end>endblock)|block\s+(?P<name>\w+))[^%]*%\}")


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """An installed template: what it shows, its blocks, and whether a city has its own."""

    name: str
    told: str
    blocks: tuple[str, ...]
    is_replaced: bool


def template_lines(folder: Path | None) -> tuple[TemplateLine, ...]:
    """Return the installed pages, then letters, and which of them a folder replaces."""
    return (*_pages(folder), *_letters(folder))


def _pages(folder: Path | None) -> Iterator[TemplateLine]:
    known = base_templates()
    for path in sorted(bundled("templates").glob(f"*{ENDING}")):
        told = known[path.name].head.told if path.name in known else ""
        yield TemplateLine(path.name, told, blocks_of(path.name), _is_in(folder, path.name))


def _letters(folder: Path | None) -> Iterator[TemplateLine]:
    for path in sorted((bundled("templates") / LETTERS).glob("*")):
        name = f"{LETTERS}/{path.name}"
        if path.is_file():
            yield TemplateLine(name, "", (), _is_in(folder, name))


def _is_in(folder: Path | None, name: str) -> bool:
    return folder is not None and (folder / name).is_file()


def blocks_of(name: str) -> tuple[str, ...]:
    """Return the blocks of an installed page that a city may replace, in the order of the page."""
    source = base_templates()[name].source
    tree = environment(None, autoescape=True).parse(source)
    own = [block.name for block in tree.find_all(nodes.Block)]
    frame = inherited(tree, _base_tree).blocks
    return tuple(dict.fromkeys([*own, *sorted(frame)]))


def _base_tree(name: str) -> nodes.Template | None:
    base = base_templates().get(name.removeprefix(f"{BASE}/"))
    return environment(None, autoescape=True).parse(base.source) if base else None


def beginning_of(name: str, blocks: Sequence[str]) -> str:
    """Return a template of one's own that replaces some blocks of an installed page.

    Each block holds what it holds in the installed page, to be changed.
    """
    source = base_templates()[name].source
    lines = [
        f'{{% extends "{BASE}/{name}" %}}',
        "{# What stands here in a block replaces it; all other blocks stay as they are installed.",
        *textwrap.wrap(f"Blocks: {', '.join(blocks_of(name))}.", 100),
        "#}",
        *_outermost([_block_text(source, block) for block in blocks]),
    ]
    return "\n".join(lines) + "\n"


def _outermost(texts: Sequence[str]) -> list[str]:
    """Return the texts of blocks without those that stand within another of them."""
    return [text for text in texts if not any(text in other for other in texts if other != text)]


def _block_text(source: str, name: str) -> str:
    """Return a block as it stands in a template, an empty one where it stands in its frame."""
    start, depth, begun = None, 0, 0
    for tag in BLOCK_TAG.finditer(source):
        if tag["end"]:
            depth -= 1
            if start is not None and depth == begun:
                return source[start : tag.end()]
        else:
            if start is None and tag["name"] == name:
                start, begun = tag.start(), depth
            depth += 1
    return f"{{% block {name} %}}\n{{{{ super() }}}}\n{{% endblock %}}"
