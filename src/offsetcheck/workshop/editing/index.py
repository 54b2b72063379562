"""All names of a rule folder: where each is made, and where it is spoken of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.workshop.editing.mentions import Mention, Named, Role, mentions

Name = tuple[Named, str]


class Index:
    """The names of some files; a file that is the same document as before is not read again."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[Document, tuple[Mention, ...]]] = {}
        self._by_name: dict[Name, list[Mention]] | None = None
        self._fields: frozenset[str] = frozenset()

    def update(self, documents: Mapping[str, Document]) -> None:
        """Take the files as they are now; of one that is no YAML the last names stay."""
        for gone in self._read.keys() - documents.keys():
            del self._read[gone]
            self._by_name = None
        for path, document in documents.items():
            self.take(path, document)

    def take(self, path: str, document: Document) -> None:
        """Take one file as it is now."""
        known = self._read.get(path)
        if document.data is None or (known is not None and known[0] is document):
            return
        self._read[path] = document, mentions(path, document)
        self._by_name = None

    def in_file(self, path: str) -> tuple[Mention, ...]:
        """Return the names in a file."""
        return tuple(map(self._settled, self._read[path][1])) if path in self._read else ()

    def at(self, path: str, line: int, column: int) -> Mention | None:
        """Return the name at a place, its last sign included."""
        for mention in self.in_file(path):
            within = mention.column <= column <= mention.column + mention.length
            if mention.line == line and within:
                return mention
        return None

    def made(self, of: Named, name: str) -> tuple[Mention, ...]:
        """Return where a name is made."""
        return tuple(m for m in self._named.get((of, name), ()) if m.role is Role.MAKES)

    def all_of(self, of: Named, name: str) -> tuple[Mention, ...]:
        """Return every place of a name."""
        return tuple(self._named.get((of, name), ()))

    def made_under(self, word: str) -> tuple[Mention, ...]:
        """Return where a word is made, whatever it is of; of a field the subject is left out."""
        found = self._named
        of_fields = [f"{subject}.{word}" for subject in Subject]
        names = [(of, word) for of in Named] + [(Named.FIELD, name) for name in of_fields]
        return tuple(m for name in names for m in found.get(name, ()) if m.role is Role.MAKES)

    @property
    def _named(self) -> dict[Name, list[Mention]]:
        if self._by_name is None:
            every = [mention for _, read in self._read.values() for mention in read]
            self._fields = frozenset(
                m.name for m in every if m.of is Named.FIELD and m.role is Role.MAKES
            )
            found: dict[Name, list[Mention]] = defaultdict(list)
            for mention in map(self._settled, every):
                found[mention.of, mention.name].append(mention)
            self._by_name = dict(found)
        return self._by_name

    def _settled(self, mention: Mention) -> Mention:
        """Return a name of a field with the subject that has such a field.

        A translated sentence does not say whom its rule judges.
        """
        if mention.of is not Named.FIELD or mention.name in self._fields:
            return mention
        bare = mention.name.partition(".")[2]
        portfolio = f"{Subject.PORTFOLIO}.{bare}"
        if mention.file.startswith("words/") and portfolio in self._fields:
            return replace(mention, name=portfolio)
        return mention
