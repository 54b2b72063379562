"""Sessions without a store: a cookie that only this server can have made, and a form's token."""

import hmac
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from time import time

from offsetcheck.vocabulary.problem import OutputError, Place, Problem
from offsetcheck.web.folder.tenders import own_folder
from offsetcheck.web.visit import Workplace

COOKIE = "offsetcheck"
BYTES = 32
LONGEST = 12 * 3600
"""Seconds that a session lasts at most, whatever is done in it: a long working day."""


def kept_secret(workplace: Workplace) -> bytes:
    """Return the secret that a server keeps, so that forms stay good when it starts anew."""
    path = own_folder(workplace) / "secret"
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(BYTES))
    secret = path.read_bytes()
    if len(secret) != BYTES:
        said = "the secret of sessions is not whole"
        hint = "remove this file; a new one is made when the server starts"
        raise OutputError([Problem(said, Place(str(path)), hint)])
    return secret


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and knows the cookies of one secret; another secret makes all of them worthless."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(BYTES), repr=False)
    clock: Callable[[], float] = time

    def begin(self) -> str:
        """Return the cookie of a new session."""
        name = f"{secrets.token_urlsafe(BYTES)}~{int(self.clock())}"
        return f"{name}.{self._sign('session', name)}"

    def known(self, cookie: str | None) -> str | None:
        """Return the session of a cookie; None where it is none of this server's, or too old."""
        name, _, signature = (cookie or "").partition(".")
        signed = self._sign("session", name)
        if not name or not hmac.compare_digest(signature.encode(), signed.encode()):
            return None
        begun = int(name.rpartition("~")[2])
        return name if 0 <= self.clock() - begun + 1 <= LONGEST else None

    def csrf(self, session: str) -> str:
        """Return the token that each form of a session bears."""
        return self._sign("form", session)

    def csrf_right(self, session: str, token: str) -> bool:
        """Return whether a form's token is that of its session."""
        return hmac.compare_digest(token.encode(), self.csrf(session).encode())

    def _sign(self, what: str, name: str) -> str:
        return hmac.new(self.secret, f"{what}:{name}".encode(), sha256).hexdigest()
