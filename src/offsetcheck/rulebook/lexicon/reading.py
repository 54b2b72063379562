"""The files of lexicon/ read and checked: each kind has words, and no pattern has two meanings."""

from collections.abc import Collection, Mapping

from offsetcheck.ground.canonical import content_hash
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.files.sources import check_citation
from offsetcheck.rulebook.lexicon.model import UNITS, LawFile, Lexicon, LexiconFile, plain
from offsetcheck.vocabulary.claim_kind import ClaimKind
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems

LAWS = "laws"


def read_lexicon(
    documents: Mapping[str, Document],
    guides: Mapping[str, Guide],
    jurisdictions: Collection[str],
    problems: Problems,
) -> Lexicon:
    """Return the lexicon of a rule folder by file name without its ending; mistakes are noted.

    `guides` are those of sources.yaml, `jurisdictions` the names of those that the folder has.
    """
    languages = {
        name: read
        for name, document in documents.items()
        if name != LAWS and (read := _language(name, document, problems)) is not None
    }
    laws = _laws(documents.get(LAWS), guides, jurisdictions, problems)
    whole = {
        "languages": {name: plain(read) for name, read in languages.items()},
        "laws": plain(laws) if laws else None,
    }
    if laws is None:
        return Lexicon(languages, {}, (), content_hash(whole))
    return Lexicon(languages, laws.laws, laws.standards, content_hash(whole))


def _language(name: str, document: Document, problems: Problems) -> LexiconFile | None:
    read = build(LexiconFile, document.data, document, problems)
    if read is None:
        return None
    if read.language != name:
        message = f"this is the file of `{name}`, not of `{read.language}`"
        problems.at_value(document, ("language",), message, f"write `language: {name}`")
    _check_kinds(read, document, problems)
    _check_once(read, document, problems)
    _check_numbers(read, document, problems)
    return read


def _check_kinds(read: LexiconFile, document: Document, problems: Problems) -> None:
    known = [kind.value for kind in ClaimKind]
    for kind in read.words:
        if kind not in known:
            message = f"`{kind}` is not a kind of claim"
            hint = did_you_mean(kind, known) or f"the kinds are {', '.join(known)}"
            problems.at_key(document, ("words", kind), message, hint)
    lacking = [kind for kind in known if kind not in read.words]
    if lacking:
        message = f"there are no words for {', '.join(lacking)}"
        problems.at_value(document, ("words",), message, "what has no words is never found")


def _check_once(read: LexiconFile, document: Document, problems: Problems) -> None:
    meant: dict[str, str] = {}
    for kind, words in read.words.items():
        for index, pattern in enumerate(words.patterns):
            first = meant.setdefault(pattern.casefold().lstrip("?"), kind)
            if first != kind:
                message = f"`{pattern}` already stands for {first}"
                where = ("words", kind, "patterns", index)
                problems.at_value(document, where, message, "a word has one meaning: keep one")


def _check_numbers(read: LexiconFile, document: Document, problems: Problems) -> None:
    for unit in read.units:
        if unit not in UNITS:
            problems.at_key(
                document, ("units", unit), f"`{unit}` is no unit", did_you_mean(unit, UNITS)
            )
    for factor in read.multipliers:
        if not factor.isdigit():
            message = f"a whole number is needed here, not `{factor}`"
            problems.at_key(document, ("multipliers", factor), message, "write 1000 or 1000000")


def _laws(
    document: Document | None,
    guides: Mapping[str, Guide],
    jurisdictions: Collection[str],
    problems: Problems,
) -> LawFile | None:
    read = None if document is None else build(LawFile, document.data, document, problems)
    if document is None or read is None:
        return None
    for name, laws in read.laws.items():
        if name not in jurisdictions:
            message = f"there is no jurisdiction `{name}`"
            hint = did_you_mean(name, jurisdictions)
            problems.at_key(document, ("laws", name), message, hint, names=f"jurisdiction {name}")
        for index, law in enumerate(laws):
            where = ("laws", name, index, "source")
            check_citation(law.source, guides, document, where, problems)
    for index, standard in enumerate(read.standards):
        at = ("standards", index, "source")
        check_citation(standard.source, guides, document, at, problems)
    return read
