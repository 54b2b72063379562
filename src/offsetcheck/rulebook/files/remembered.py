"""YAML texts that a process has read: one that has not changed is not read again."""

from functools import lru_cache

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document

MOST = 4096


@lru_cache(MOST)
def remembered(text: str, file: str) -> Document:
    """Return a YAML text as `compose` does; nobody may change what it holds."""
    return compose(text, file)
