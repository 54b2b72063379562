"""What is otherwise in words alone: counted, because no answer is another one by it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.difference.meaning.model import Books
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.texts.english import every_english_text


@dataclass(frozen=True, slots=True)
class TextsChanged:
    """How many texts were reworded, added and taken out by language, and examples changed."""

    reworded: Mapping[str, int]
    added: Mapping[str, int]
    removed: Mapping[str, int]
    examples: int
    spellings: int


def texts_changed(books: Books) -> TextsChanged:
    """Return how many words, examples and spellings are otherwise."""
    reworded: Counter[str] = Counter()
    added: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    old, new = (_texts(book) for book in books.sides)
    for key in old.keys() | new.keys():
        was, now = old.get(key), new.get(key)
        if was != now:
            counted = added if was is None else removed if now is None else reworded
            counted[key[0]] += 1
    return TextsChanged(
        dict(sorted(reworded.items())),
        dict(sorted(added.items())),
        dict(sorted(removed.items())),
        _examples(books),
        _spellings(books),
    )


def _texts(book: Rulebook) -> dict[tuple[str, str], str]:
    """Return every text by language and key: what rules, fields and cities say, and all words."""
    found = {("en", key): text for key, text in every_english_text(book).items()}
    for language, words in book.words.items():
        found |= {(language, key): text for key, text in words.items()}
    return found


def _examples(books: Books) -> int:
    both = books.old.rules.keys() & books.new.rules.keys()
    return sum(books.old.rules[one].file.tests != books.new.rules[one].file.tests for one in both)


def _spellings(books: Books) -> int:
    """Return how many fields are recognised by other words: headings, or spellings of codes."""
    old, new = (dict(_recognised(book)) for book in books.sides)
    return sum(old[name] != new[name] for name in old.keys() & new.keys())


def _recognised(book: Rulebook) -> Iterator[tuple[str, object]]:
    groups = (book.dictionary.candidate, book.dictionary.purchase, book.dictionary.portfolio)
    for group in groups:
        for field in group.values():
            spellings = {code: entry.spellings for code, entry in field.codes.items()}
            yield f"{field.subject}.{field.name}", (field.aliases, field.beside, spellings)
