"""Why something is not written, and to which path that applies."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One path that cannot be written or stands in the way, why, and what to do about it."""

    path: str
    message: str
    hint: str | None = None


class PublishError(Exception):
    """Nothing was written, and what was there before is as it was."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(f"{r.path}: {r.message}" for r in self.refusals))


def refused(path: object, message: str, hint: str | None = None) -> PublishError:
    """Return the error of a single path."""
    return PublishError([Refusal(str(path), message, hint)])


def reason(error: OSError) -> str:
    """Return what the system says of an error, in lower case."""
    return (error.strerror or str(error) or "not possible").lower()
