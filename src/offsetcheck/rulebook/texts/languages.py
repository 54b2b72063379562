"""Words by language, of which a kept rulebook decodes only those that somebody asks for."""

import json
from collections.abc import Iterator, Mapping


class Languages(Mapping[str, Mapping[str, str]]):
    """Words by language and key; each language is kept as JSON until it is first read."""

    __slots__ = ("_decoded", "_kept")

    def __init__(self, kept: Mapping[str, str]) -> None:
        self._kept = dict(kept)
        self._decoded: dict[str, Mapping[str, str]] = {}

    @classmethod
    def of(cls, words: Mapping[str, Mapping[str, str]]) -> "Languages":
        """Return words that are at hand as such a mapping."""
        made = cls(dict.fromkeys(words, ""))
        made._decoded.update(words)
        return made

    def kept(self) -> dict[str, str]:
        """Return each language as JSON."""
        return {language: json.dumps(dict(self[language])) for language in self}

    def __getitem__(self, language: str) -> Mapping[str, str]:
        if language not in self._decoded:
            self._decoded[language] = json.loads(self._kept[language])
        return self._decoded[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
