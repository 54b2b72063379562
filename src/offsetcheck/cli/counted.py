"""How many there are of a thing, in the words of a terminal."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its thing: `1 row`, `2 rows`; `many` where that is not `one` and s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
