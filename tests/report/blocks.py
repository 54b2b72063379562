"""A page cut into the blocks of its template, by a city's own template that marks each of them."""

import json
import re
from difflib import unified_diff
from pathlib import Path

from offsetcheck.ground.bundled import bundled

BLOCK = re.compile(r"{%-? block (\w+)")
MARKED = re.compile(r"⟦(\w+)⟧((?:(?!⟦\w+⟧).)*?)⟦/\1⟧", re.DOTALL)
WHOLE = "page"  # what stands around and between the blocks


def block_names(kind: str, form: str) -> list[str]:
    """Return the blocks of a template and of what it extends, in the order of their first lines."""
    folder = bundled("templates") / "_base"
    names = [f"{kind}.{form}.jinja", *(["page.html.jinja"] if form == "html" else [])]
    found = [n for name in names for n in BLOCK.findall((folder / name).read_text("utf-8"))]
    return list(dict.fromkeys(found))


def marking(folder: Path, kind: str, form: str, planted: str = "") -> Path:
    """Return a folder of templates that mark each block; one block gets a word planted in it."""
    blocks = (
        f"{{% block {name} %}}⟦{name}⟧{{{{ super() }}}}{'PLANTED' * (name == planted)}"
        f"⟦/{name}⟧{{% endblock %}}\n"
        for name in block_names(kind, form)
    )
    text = f'{{% extends "_base/{kind}.{form}.jinja" %}}\n{"".join(blocks)}'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{kind}.{form}.jinja").write_text(text, encoding="utf-8")
    return folder


def blocks_of(marked: str) -> dict[str, str]:
    """Return the text of each block, inner blocks as their names, and what is around them all."""
    found: dict[str, str] = {}
    while match := MARKED.search(marked):
        found[match[1]] = match[2]
        marked = f"{marked[: match.start()]}<<{match[1]}>>{marked[match.end() :]}"
    return {WHOLE: marked, **found}


def joined(blocks: dict[str, str]) -> str:
    """Return a page put together again from its blocks."""
    text = blocks[WHOLE]
    while match := re.search(r"<<(\w+)>>", text):
        text = f"{text[: match.start()]}{blocks[match[1]]}{text[match.end() :]}"
    return text


def keys_of(text: str) -> dict[str, str]:
    """Return each key of a JSON report with its value, indented; each finding is a block of its own."""
    found: dict[str, str] = {}
    for name, value in json.loads(text).items():
        if name == "findings":
            found[name] = indented([line["rule"] for line in value])
            found |= {f"{name}.{line['rule']}": indented(line) for line in value}
        else:
            found[name] = indented(value)
    return found


def indented(value: object) -> str:
    """Return JSON as a kept copy holds it: indented, keys in their order, letters as they are."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def snapshot(blocks: dict[str, str], like: dict[str, str], name: str) -> str:
    """Return blocks one below the other, as they differ from those of the page named.

    A block that is the same says so in one line. Of one that differs in a few lines only those are
    shown, with `-` as they stand on the page named and with `+` as they stand here.
    """
    parts = []
    for block, text in blocks.items():
        if like.get(block) == text:
            parts.append(f"==== {block}: as in {name}\n")
        elif block in like and len(changed := _difference(like[block], text)) < len(text):
            parts.append(f"==== {block}: as in {name}, but\n{changed}")
        else:
            parts.append(f"==== {block}\n{text.rstrip()}\n")
    return "".join(parts)


def _difference(old: str, new: str) -> str:
    lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    shown = ["@@" if line.startswith("@@") else line for line in list(lines)[2:]]
    return "".join(f"{line}\n" for line in shown)
