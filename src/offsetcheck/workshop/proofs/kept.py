"""Answers of the solver, kept in the user's cache by the hash of what was asked."""

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from offsetcheck.ground.cache import keep, own_cache, recall
from offsetcheck.workshop.proofs.keys import code_key

MOST_ANSWERS = 20_000
KEPT = 2  # versions of the code whose answers are kept

Answers = Mapping[str, Any]


class Memory:
    """Answers by key; those given before are not asked for again."""

    def __init__(self, code: str | None = None) -> None:
        folder = None if os.environ.get("OFFSETCHECK_CACHE") == "off" else own_cache("offsetcheck")
        self._code = code or code_key()
        self._place = None if folder is None else folder / f"{self._code[:40]}.proofs"
        self._known: dict[str, Any] = self._read()
        self._used: dict[str, Any] = {}
        self.asked = 0

    def answer(self, key: str, ask: Callable[[], Any]) -> Any:
        """Return what was answered under a key, else what is answered now."""
        if key not in self._used:
            if key not in self._known:
                self.asked += 1
            self._used[key] = self._known[key] if key in self._known else ask()
        return self._used[key]

    def write(self) -> None:
        """Keep what was used, and of the rest what there is room for, for the next run."""
        if self._place is None or not self.asked:
            return
        kept = {**self._known, **self._used}
        for key in list(kept)[: max(0, len(kept) - MOST_ANSWERS)]:
            del kept[key]
        content = json.dumps(kept).encode()
        keep(self._place, self._code, content, most=KEPT)

    def _read(self) -> dict[str, Any]:
        content = None if self._place is None else recall(self._place, self._code)
        try:
            found = None if content is None else json.loads(content)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}
