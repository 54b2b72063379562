"""How comparisons and drifts speak: in the words of a rulebook, points of a sentence by `;`."""

from collections.abc import Mapping

from offsetcheck.explain.wording import Wording


class Speech:
    """The words of a bound rulebook in one language, as a comparison or drift uses them."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    @property
    def words(self) -> Mapping[str, str]:
        """All words by key, as templates read them."""
        return self.wording.words

    def say(self, key: str, /, **values: object) -> str:
        """Return the words of a key with its {values} filled in."""
        return self.wording.word(key, **values)

    def joined(self, items: list[str]) -> str:
        """Return points of a sentence in one line."""
        return "; ".join(items)
