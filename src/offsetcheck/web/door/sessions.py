"""Sessions without a store: a cookie that only this server can have made, and a form's token."""

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

COOKIE = "offsetcheck"
BYTES = 32


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and knows the cookies of one secret; another secret makes all of them worthless."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(BYTES), repr=False)

    def begin(self) -> str:
        """Return the cookie of a new session."""
        name = secrets.token_urlsafe(BYTES)
        return f"{name}.{self._sign('session', name)}"

    def known(self, cookie: str | None) -> str | None:
        """Return the session of a cookie; None where it is none of this server's."""
        name, _, signature = (cookie or "").partition(".")
        if not name or not hmac.compare_digest(signature, self._sign("session", name)):
            return None
        return name

    def csrf(self, session: str) -> str:
        """Return the token that each form of a session bears."""
        return self._sign("form", session)

    def csrf_right(self, session: str, token: str) -> bool:
        """Return whether a form's token is that of its session."""
        return hmac.compare_digest(token.encode(), self.csrf(session).encode())

    def _sign(self, what: str, name: str) -> str:
        return hmac.new(self.secret, f"{what}:{name}".encode(), sha256).hexdigest()
