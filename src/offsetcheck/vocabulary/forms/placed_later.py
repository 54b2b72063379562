"""A YAML text whose data are known already: where each value stands is found when somebody asks."""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from offsetcheck.vocabulary.forms.document import Document, Steps

Value = TypeVar("Value")


def placed_later(file: str, data: Any, text: str, flow: Iterable[Iterable[str | int]]) -> Document:
    """Return the document of a text without a problem whose data were composed before.

    `flow` are the paths inside brackets, which every reading of expressions asks for.
    """
    places = _Places(file, text)
    return Document(
        file,
        data,
        text,
        _ByPath(lambda: places.found.values),
        _ByPath(lambda: places.found.keys),
        frozenset(map(tuple, flow)),
        _ByPath(lambda: places.found.styles),
    )


class _Places:
    """The places of a text, composed once, and only when they are needed."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text = file, text

    @cached_property
    def found(self) -> Document:
        from offsetcheck.vocabulary.forms.compose import compose

        return compose(self._text, self._file)


class _ByPath(Mapping[Steps, Value]):
    """What `find` returns, by path."""

    def __init__(self, find: Callable[[], Mapping[Steps, Value]]) -> None:
        self._find = find

    def __getitem__(self, steps: Steps) -> Value:
        return self._find()[steps]

    def __contains__(self, steps: object) -> bool:
        return steps in self._find()

    def __iter__(self) -> Iterator[Steps]:
        return iter(self._find())

    def __len__(self) -> int:
        return len(self._find())

    def items(self) -> ItemsView[Steps, Value]:
        """Return the view of what was found, which is quicker than one path after another."""
        return self._find().items()
