"""What every SARIF log has, whatever it tells."""

from urllib.parse import quote

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def uri_of(name: str) -> str:
    """Return the name of a file as a relative address."""
    return quote(name.replace("\\", "/"), safe="/")
