"""The values of file models: strict scalars and lists, each refused in our own words."""

import math
import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from offsetcheck.ground.limits import MAX_SAFE_INTEGER
from offsetcheck.ground.suggest import did_you_mean

NAME = re.compile(r"[a-z][a-z0-9_]*")


DIGITS = "write it in digits, with a point, and without quotes, sign or unit"


def wrong(message: str, hint: str | None = None) -> PydanticCustomError:
    """Return an error whose text is our own; braces are kept as they are."""
    return PydanticCustomError("ours", "{message}", {"message": message, "hint": hint})


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise wrong(f"a text is needed here, not {spoken(value)}", _text_hint(value))
    if not value.strip():
        raise wrong("a text is needed here, not an empty one", "write it, or leave the key out")
    return value


def _text_hint(value: Any) -> str | None:
    if isinstance(value, bool | int | float):
        return "put it in quotes"
    return None


def _integer(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(f"a whole number is needed here, not {spoken(value)}", DIGITS)
    if abs(value) > MAX_SAFE_INTEGER:
        raise wrong("this whole number is too large to be exact")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise wrong(f"a number is needed here, not {spoken(value)}", DIGITS)
    return value


def _boolean(value: Any) -> Any:
    words = {"yes": True, "no": False}
    if isinstance(value, str) and value in words:
        return words[value]
    if not isinstance(value, bool):
        hint = "write it in small letters: `yes` or `no`"
        raise wrong(f"yes or no is needed here, not {spoken(value)}", hint)
    return value


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise wrong(f"a date is needed here, not {spoken(value)}", "write it as 2021-01-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise wrong(f"there is no day `{value}`", "write it as 2021-01-31") from None


def _scalar(value: Any) -> Any:
    """Accept what a parameter or a fact may be: a scalar or a list of scalars of one kind."""
    items = value if isinstance(value, list | tuple) else [value]
    if value is None or any(not isinstance(item, str | bool | int | float) for item in items):
        raise wrong(
            f"a value or a list of values is needed here, not {spoken(value)}",
            "write a number, a word or `[a, b]`",
        )
    if len({_kind(item) for item in items}) > 1:
        raise wrong("the values of a list must be of one kind", "write numbers only, or words only")
    for item in items:
        if isinstance(item, int) and not isinstance(item, bool):
            _integer(item)
    return tuple(value) if isinstance(value, list) else value


def _kind(item: object) -> str:
    return (
        "number"
        if isinstance(item, int | float) and not isinstance(item, bool)
        else type(item).__name__
    )


def spoken(value: Any) -> str:
    """Return a value of a file in the words of a message."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"  # noqa: PLR2004 - one line


def one_of(*words: str) -> BeforeValidator:
    """Accept one word of a closed list, with a "did you mean" for others."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and value in words:
            return value
        near = did_you_mean(value, words) if isinstance(value, str) else None
        raise wrong(f"{spoken(value)} cannot stand here", near or f"write {_either(words)}")

    return BeforeValidator(check)


def _either(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _listed(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise wrong(f"a list is needed here, not {spoken(value)}", "write `[a, b]`")
    return tuple(value)


def _mapped(value: Any) -> Any:
    if not isinstance(value, dict):
        raise wrong(f"a mapping is needed here, not {spoken(value)}", "write `key: value` below it")
    return value


def _languages(value: Any) -> Any:
    _mapped(value)
    for language in value:
        if not re.fullmatch(r"[a-z]{2,3}", language):
            raise wrong(f"`{language}` is not a language", "write a code such as en, fi or es")
    if "en" not in value:
        raise wrong("the English text is missing", "add `en: …`")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Sentence = Annotated[str, BeforeValidator(_text), StringConstraints(strip_whitespace=True)]
Integer = Annotated[int, BeforeValidator(_integer)]
Number = Annotated[float, BeforeValidator(_number)]
YesNo = Annotated[bool, BeforeValidator(_boolean)]
Day = Annotated[date, BeforeValidator(_day)]
Scalar = Annotated[Any, BeforeValidator(_scalar)]
Listed = BeforeValidator(_listed)
Mapped = BeforeValidator(_mapped)
ByLanguage = BeforeValidator(_languages)
Texts = Annotated[tuple[Text, ...], Listed]
Translated = Annotated[dict[str, Sentence], ByLanguage]


def _positive(value: int) -> int:
    if value < 1:
        raise wrong(f"a positive whole number is needed here, not `{value}`", "write 1 or more")
    return value


Positive = Annotated[int, BeforeValidator(_integer), AfterValidator(_positive)]
