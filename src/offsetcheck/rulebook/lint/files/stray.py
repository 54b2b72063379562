from collections.abc import Iterator
from pathlib import PurePosixPath

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Place, Problem, Severity

# What is said of a folder, and usually stands at its top.
ABOUT = ("authors", "changelog", "codeowners", "contributing", "copying", "licence", "license",
         "makefile", "notice", "readme")  # fmt: skip
TEXTS = frozenset((".md", ".rst", ".toml", ".json", ".minisig", ".sig"))
RULE_FILES = (".yaml", ".yml", ".csv")


def files_are_read(rulebook: Rulebook) -> Iterator[Problem]:
    """Find files beside the rules that nothing reads: copies, backups, notes, other formats."""
    for name in rulebook.others:
        path = PurePosixPath(name)
        if _is_stray(path) and not _is_folder(name, rulebook):
            copy = any(ending in path.name.casefold() for ending in RULE_FILES)
            hint = "move it out, or give it its name back" if copy else "move it out of the folder"
            yield Problem("nothing reads this file", Place(name), hint)


def _is_stray(path: PurePosixPath) -> bool:
    """Whether a name is that of a file, and of none that usually stands beside others."""
    name = path.name.casefold()
    if name.startswith(ABOUT) or path.suffix.casefold() in TEXTS:
        return False
    if name.endswith(RULE_FILES[:2]):  # of these it is told as they are read
        return False
    return bool(path.suffix) or name.endswith(("~", "#"))


def _is_folder(name: str, rulebook: Rulebook) -> bool:
    names = (*rulebook.others, *rulebook.documents)
    return any(other.startswith(f"{name}/") for other in names)


CHECK = Check(
    id="files.stray",
    severity=Severity.NOTE,
    title="A file is read by nothing",
    finds=(
        "Copies, backups, notes and files of other formats in a rule folder. Hidden files, "
        "`README.md`, `LICENSE` and the like are none."
    ),
    why="A rule that was meant to count may lie in it, and packs leave it out.",
    wrong="""\
# vintage/age.yaml.bak
""",
    right="""\
# vintage/age.yaml
""",
    step="Move it out of the folder, or give it the name under which it is read.",
    look=files_are_read,
)
