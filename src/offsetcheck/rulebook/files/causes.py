"""Which problems follow from others: of what has one cause, the cause is told first.

A problem that names what stands nowhere follows from what is wrong with the file or the entry that
would have given the name. Where nothing is wrong there, those that name the same have one cause.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from offsetcheck.vocabulary.forms.document import Document, Mark, Steps
from offsetcheck.vocabulary.problem import Place, Problem

WHOLE_FILE = frozenset(
    (
        "yaml.syntax",
        "yaml.too_large",
        "yaml.key_twice",
        "file.missing",
        "file.unreadable",
        "file.not_utf8",
        "table.not_csv",
    )
)
"""Of problems with such ids nobody knows which names the file would have given."""
KEY = "key "  # a key that stands twice is unknown to nobody: those of one mapping go together
TABLES, DOCUMENTS = "tables/tables.yaml", "fields/documents.yaml"
SOURCES = "sources.yaml"  # of a whole rulebook; a city's own folder has no tables
HEADER: Steps = ("", 1)  # of a table: its first line
Given = tuple[str, Steps]
"""A file, or the beginning of its path where it ends in `/`, and the entry that gives a name."""


def causes_first(problems: Sequence[Problem], documents: Iterable[Document]) -> tuple[Problem, ...]:
    """Return the problems that follow from no other, each with those that follow from it.

    Those from which others follow come first; else their order is kept.
    """
    by_file = {document.file: document for document in documents}
    causes = dict.fromkeys(p for p in problems if p.names is None or p.names.startswith(KEY))
    first: dict[str, Problem] = {}
    found: dict[Problem, list[Problem]] = {}
    for problem in sorted(problems, key=lambda one: one not in causes):
        cause = None if problem in causes else _cause(problem, causes, by_file)
        root = first.get(cause.names, cause) if cause and cause.names else cause
        if root is None:
            root = first.setdefault(_group(problem, by_file), problem) if problem.names else problem
        found.setdefault(root, [])
        if root is not problem:
            found[root].append(problem)
    told = [
        replace(one, followers=tuple(found[one]))
        for one in dict.fromkeys((*problems, *found))
        if one in found
    ]
    return tuple(sorted(told, key=lambda problem: not problem.followers))


def _group(problem: Problem, documents: Mapping[str, Document]) -> str:
    """Return what problems of one cause share: a rule that is gone takes its parameters."""
    names = problem.names or ""
    kind, _, name = names.partition(" ")
    rule = name.rpartition(".")[0]
    # Shared parameters are of no rule, and a city's own folder does not hold those of others.
    known = kind == "parameter" and "." in rule and SOURCES in documents
    gone = known and f"{rule.replace('.', '/')}.yaml" not in documents
    return f"rule {rule}" if gone else names


def _cause(
    problem: Problem, causes: Iterable[Problem], documents: Mapping[str, Document]
) -> Problem | None:
    """Return the first problem of the entry that would have given a name, None without one."""
    for file, steps in _given_by(*(problem.names or "").split(" ", 1)):
        for cause in causes:
            if _is_of(cause.place.file, file) and _takes(cause, steps, documents):
                return cause
        if file in {TABLES, DOCUMENTS} and file not in documents and SOURCES in documents:
            hint = "write it, or bring it back"
            return Problem("this file is missing", Place(file), hint, check="file.missing")
    return None


def _is_of(file: str, given: str) -> bool:
    """Whether a file is one that gives a name; a city's own stands in a folder of any name."""
    if given.endswith("/"):
        return file.startswith(given)
    return file == given or (file.endswith(f"/{given}") and not file.startswith("words/"))


def _takes(cause: Problem, steps: Steps, documents: Mapping[str, Document]) -> bool:
    """Whether a problem keeps an entry of its file from being read."""
    if cause.check in WHOLE_FILE or not steps:
        return True
    if steps == HEADER:
        return cause.place.line in {None, 1}
    document, line = documents.get(cause.place.file), cause.place.line
    return document is not None and line is not None and _entry(document, steps, line)


def _entry(document: Document, steps: Steps, line: int) -> bool:
    """Whether a line stands in an entry of a document."""
    begins = document.keys.get(steps)
    beside: list[Mark] = [mark for path, mark in document.keys.items() if len(path) <= len(steps)]
    after = min((mark for mark in beside if begins is not None and mark > begins), default=None)
    return begins is not None and begins[0] <= line and (after is None or line < after[0])


def _given_by(kind: str, name: str) -> Iterator[Given]:
    """Yield the places of the files in which a name would stand, by its kind."""
    match kind:
        case "guide":
            yield "sources.yaml", (name,)
        case "table":
            yield TABLES, (name,)
        case "edition":
            yield TABLES, ()
        case "code":
            yield from _field_given_by(name.partition(" ")[0])
        case "city":
            yield f"cities/{name}.yaml", ()
        case "column":
            yield name.split(" ", 1)[0], HEADER
        case "dimension":
            yield "guide.yaml", ("dimensions", name)
        case "grade":
            yield "guide.yaml", ("grades",)
        case "document":
            yield DOCUMENTS, (name,)
        case "jurisdiction":
            yield f"jurisdictions/{name}.yaml", ()
        case "rule":
            yield f"{name.replace('.', '/')}.yaml", ()
        case "parameter":
            yield f"{name.rpartition('.')[0].replace('.', '/')}.yaml", ()
        case "field":
            yield from _field_given_by(name)


def _field_given_by(name: str) -> Iterator[Given]:
    subject, _, bare = name.rpartition(".")
    if subject == "city":
        yield "cities/", ("facts", bare)
    elif subject:
        yield f"fields/{subject}.yaml", (bare,)
    else:
        yield "fields/candidate.yaml", (name,)
        yield "fields/portfolio.yaml", (name,)
