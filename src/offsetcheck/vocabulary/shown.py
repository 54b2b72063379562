"""How much of a stranger's text is shown: a report, a table and a message cut at one length."""

MAX_SHOWN = 2000  # characters


def shorten(text: str) -> str:
    """Return a text as it is, or its first 2,000 characters and how many more there were."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}… (+{len(text) - MAX_SHOWN})"


def grade_range(lower: str, upper: str) -> str:
    """Return the integrity grades that an offer may have, the lower first; one where they agree."""
    return "–".join(dict.fromkeys((lower, upper)))
