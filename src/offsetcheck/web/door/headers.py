"""The headers of every answer: what a browser may do with a page of ours, which is little."""

from collections.abc import Iterable

POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
FIXED = (
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cache-control", "no-store"),
)


def policy(styles: Iterable[str] = ()) -> str:
    """Return the Content-Security-Policy: no code but ours; a report's own style by its hash."""
    own = {
        **POLICY,
        "style-src": _with(POLICY["style-src"], styles),
    }
    return "; ".join(f"{name} {value}" for name, value in own.items())


def _with(allowed: str, hashes: Iterable[str]) -> str:
    return " ".join([allowed, *(f"'{one}'" for one in dict.fromkeys(hashes))])


def headers(styles: Iterable[str] = (), *, secure: bool) -> list[tuple[str, str]]:
    """Return the headers that every answer bears; `secure` where it goes over TLS."""
    made = [("content-security-policy", policy(styles)), *FIXED]
    if secure:
        made.append(("strict-transport-security", "max-age=31536000; includeSubDomains"))
    return made
