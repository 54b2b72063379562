from collections.abc import Iterator
from pathlib import PurePosixPath

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.files.folder import FIXED_FILES
from offsetcheck.rulebook.files.history import HISTORY_FILE
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.exceptions import FILE as EXCEPTIONS
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.codes import CATALOGUE
from offsetcheck.vocabulary.problem import Place, Problem, Severity

# What is said of a folder, and usually stands at its top.
ABOUT = ("authors", "changelog", "codeowners", "contributing", "copying", "licence", "license",
         "makefile", "notice", "readme")  # fmt: skip
TEXTS = frozenset((".md", ".rst", ".toml", ".json", ".minisig", ".sig"))
AT_THE_TOP = (*FIXED_FILES, CATALOGUE, EXCEPTIONS, HISTORY_FILE, "survivors.yaml")
RULE_FILES = (".yaml", ".yml", ".csv")


def files_are_read(rulebook: Rulebook) -> Iterator[Problem]:
    """Find files beside the rules that nothing reads: copies, backups, notes, other formats."""
    for name in rulebook.documents:
        if "/" not in name and name not in AT_THE_TOP:
            hint = did_you_mean(name, AT_THE_TOP) or "rules lie in the folder of their dimension"
            yield Problem("nothing reads this file", Place(name), hint)
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
        "Copies, backups, notes and files of other formats in a rule folder, and YAML files at its "
        "top that no part of it reads. Hidden files, `README.md`, `LICENSE` and the like are none."
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
