"""Which names of this server a browser may call it by: any other is somebody else's trick."""

import re
from collections.abc import Iterable

_NAME = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:@/\[\]]+)(:[0-9]{1,5})?\Z")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def host_allowed(host: str, allowed: Iterable[str]) -> bool:
    """Return whether a Host header names this server; its port is left out, letters' case too."""
    named = _NAME.match(host.strip().casefold())
    return named is not None and named[1] in {one.casefold() for one in allowed}


def same_origin(origin: str | None, site: str | None, host: str) -> bool:
    """Return whether a form was sent from a page of this server, as far as a browser says.

    `origin` and `site` are the headers Origin and Sec-Fetch-Site, None where they are missing.
    """
    if site is not None and site not in {"same-origin", "none"}:
        return False
    if origin is None:
        return True
    return origin.partition("://")[2].casefold() == host.strip().casefold()
