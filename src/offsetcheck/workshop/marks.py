"""Where things stand in files of rules, also of a rulebook that was read before."""

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import LoadedRule
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.problem import Place


def document_of(rulebook: Rulebook, rule: LoadedRule) -> Document:
    """Return the file of a rule with its places; a kept rulebook has none, so it is read again."""
    document = rule.document
    if document.values:
        return document
    try:
        text = (rulebook.folder / document.file).read_text("utf-8")
    except (OSError, UnicodeDecodeError):  # gone since it was read: its name must do
        return document
    return compose(text, document.file)


def example_place(document: Document, index: int) -> Place:
    """Return where an example of a rule stands."""
    return document.value_place(("tests", index))
