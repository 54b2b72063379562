"""What is otherwise in the dictionary: fields, codes, units, ranges, and what is computed."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from offsetcheck.difference.meaning.model import Books, Change, Period, Topic, names_of_both
from offsetcheck.difference.tree import without_columns
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Dictionary, Field, Subject

DECIDES = ("type", "unit", "range", "bound", "identity", "lookup", "aggregate")
BESIDE = ("documents", "changes", "moves", "officer")
"""Keys of a field that are printed or asked by, and by which no answer is another one."""


def field_changes(books: Books) -> Iterator[Change]:
    """Yield what is otherwise in the fields, their words apart."""
    for subject in Subject:
        old, new = (book.dictionary.of(subject) for book in books.sides)
        for name in names_of_both(old, new):
            was, now = old.get(name), new.get(name)
            if was is None or now is None:
                yield _whole(subject, name, books)
            elif was != now or _tree(books.old, now) != _tree(books.new, now):
                yield from _field(was, now, books)
    yield from _documents(books)


def public(field: Field) -> str:
    """Return the name under which rules read a field."""
    return f"purchase.{field.name}" if field.subject is Subject.PURCHASE else field.name


def readers_of(book: Rulebook, fields: Collection[str]) -> Iterator[str]:
    """Yield the rules that read one of some fields, or what is computed from them."""
    wanted = {*fields, *(f"purchase.{name}" for name in fields)}
    for name, tree in book.derived.items():
        if any(getattr(node, "name", None) in wanted for node in walk(tree)):
            wanted.add(name)
    for name, rule in book.rules.items():
        if rule.names & wanted or _lookup_keys(book.dictionary, rule.names) & wanted:
            yield name


def _lookup_keys(dictionary: Dictionary, names: Collection[str]) -> set[str]:
    """Return the fields by which looked-up fields are found."""
    found: set[str] = set()
    for name in names:
        field = dictionary.candidate.get(name)
        if field is not None and field.lookup is not None:
            found |= {field.lookup.keys.get(column, column) for column in field.lookup.on}
    return found


def _reach(name: str, books: Books) -> tuple[str, ...]:
    rules = {rule for book in books.sides for rule in readers_of(book, (name,))}
    return tuple(
        city
        for city in books.lasting
        if any(books.effective(book, rule, city) for book in books.sides for rule in rules)
    )


def _change(field: Field, key: str, books: Books, **more: object) -> Change:
    given = {
        "topic": Topic.FIELD, "file": f"fields/{field.subject.value}.yaml",
        "about": (f"fields/{field.name}",), "steps": (field.name, key), "name": public(field),
        "period": _always(books), "reach": _reach(field.name, books),
    } | more  # fmt: skip
    return Change(key=key, **given)  # type: ignore[arg-type]


def _always(books: Books) -> Period:
    return Period(max(book.first_day for book in books.sides))


def _whole(subject: Subject, name: str, books: Books) -> Change:
    is_new = name in books.new.dictionary.of(subject)
    field = (books.new if is_new else books.old).dictionary.of(subject)[name]
    before, after = (None, name) if is_new else (name, None)
    # What a new field is asked for, and what asks no more, stands in rules.
    return _change(field, "field", books, before=before, after=after, decides=False,
                   steps=(name,), reach=())  # fmt: skip


def _field(was: Field, now: Field, books: Books) -> Iterator[Change]:
    change = partial(_change, now, books=books)
    for key in (*DECIDES, *BESIDE):
        before, after = getattr(was, key), getattr(now, key)
        if before != after:
            shown = (_told(before), _told(after))
            yield change(key, before=shown[0], after=shown[1], decides=key in DECIDES)
    trees = _tree(books.old, now), _tree(books.new, now)
    if trees[0] != trees[1]:
        texts = (" ".join((one.derive or "").split()) or None for one in (was, now))
        before, after = texts
        yield change("derive", before=before, after=after)
    yield from _codes(was, now, books)


def _told(value: object) -> object:
    """Return what a key holds in the terms of files."""
    if hasattr(value, "model_dump"):
        held: Mapping[str, object] = value.model_dump(exclude_defaults=True)
        return ", ".join(f"{key} {_plain(part)}" for key, part in held.items())
    return value.value if hasattr(value, "value") else value


def _plain(part: object) -> str:
    if isinstance(part, dict):
        return ", ".join(f"{key}: {value}" for key, value in part.items())
    return ", ".join(map(str, part)) if isinstance(part, (tuple, list)) else str(part)


def _tree(book: Rulebook, field: Field) -> object:
    tree = book.derived.get(public(field))
    return None if tree is None else without_columns(tree)


def _codes(was: Field, now: Field, books: Books) -> Iterator[Change]:
    for code in names_of_both(was.codes, now.codes):
        old, new = was.codes.get(code), now.codes.get(code)
        steps = (now.name, "codes", code)
        if old is None or new is None:
            before, after = (None, code) if old is None else (code, None)
            # A new word makes no answer of the past another one: nothing was read as it.
            yield _change(now, "code", books, before=before, after=after, steps=steps,
                          decides=new is None)  # fmt: skip
        elif old.covers != new.covers:
            yield _change(now, "covers", books, before=old.covers, after=new.covers, steps=steps,
                          name=f"{public(now)}: {code}")  # fmt: skip


def _documents(books: Books) -> Iterator[Change]:
    """Yield kinds of paper that are new, gone, or give another grade at best."""
    old, new = (book.dictionary.documents for book in books.sides)
    for kind in names_of_both(old, new):
        before, after = (s[kind].ceiling.name if kind in s else None for s in (old, new))
        if before != after:
            yield Change(
                Topic.FIELD, "paper", "fields/documents.yaml", (f"fields/{kind}",), (kind,),
                name=kind, before=before, after=after, period=_always(books),
                reach=books.lasting if before and after else (),
                decides=before is not None and after is not None,
            )  # fmt: skip
