"""Where things stand in files of rules, also of a rulebook that was read before."""

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import LoadedRule
from offsetcheck.rulebook.tonnes.model import LoadedStep
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.problem import Place


def document_of(rulebook: Rulebook, rule: LoadedRule | LoadedStep) -> Document:
    """Return the file of a rule or step with its places; a kept rulebook has it read again."""
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


class Places:
    """Where the examples of a rulebook stand; each file is read once, and only when asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._documents: dict[str, Document] = {}

    def of_example(self, rule: str, index: int) -> Place:
        """Return where an example of a rule stands."""
        if rule not in self._documents:
            self._documents[rule] = document_of(self._rulebook, self._named(rule))
        return example_place(self._documents[rule], index)

    def _named(self, name: str) -> LoadedRule | LoadedStep:
        """Return a rule, or a step of comparable tonnes."""
        return self._rulebook.rules.get(name) or self._rulebook.steps[name]
