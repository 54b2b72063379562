"""A form that a browser sends: its fields, and its files written aside, within limits."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from offsetcheck.web.visit import Pairs, RefusedError, Upload

MOST_FILES = 50
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UPLOAD = 256 * 1024 * 1024
LARGEST_READ = 2 * LARGEST_UPLOAD
"""How much is read of what is refused."""
LARGEST_FORM = 2 * 1024 * 1024
MOST_FIELDS = 5000
LONGEST_NAME = 200
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form holds."""

    form: Pairs = ()
    uploads: tuple[Upload, ...] = ()


@asynccontextmanager
async def filled(request: Request, *, uploads: bool) -> AsyncIterator[Filled]:
    """Give the fields and files of a form; the files are gone at the end of the block.

    Raises RefusedError: 413 for what is too large, 415 for what is no form, 400 for a broken one.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    multipart = kind == "multipart/form-data"
    if not (multipart or kind == "application/x-www-form-urlencoded"):
        raise RefusedError(415, "web.no_form")
    most = LARGEST_UPLOAD if uploads and multipart else LARGEST_FORM
    body = _Body(request, most, _last_mark(request) if multipart else b"")
    try:
        body.refuse_large()
        files = MOST_FILES if uploads else 0
        form = await request.form(
            max_files=files, max_fields=MOST_FIELDS, max_part_size=LARGEST_FORM
        )
    except RefusedError:
        await body.read_away()
        raise
    except ClientDisconnect:
        raise RefusedError(400, "web.form_broken") from None
    except (MultiPartException, ValueError, OSError, KeyError) as error:
        await body.read_away()
        raise _broken(error) from None
    except Exception as error:
        detail = getattr(error, "detail", None)  # Starlette's own refusal of a broken form
        if detail is None:
            raise
        await body.read_away()
        raise _broken(error) from None
    try:
        with tempfile.TemporaryDirectory(prefix="offsetcheck-upload-") as folder:
            yield await _held(form.multi_items(), Path(folder))
    finally:
        await form.close()


def _last_mark(request: Request) -> bytes:
    """Return what stands at the end of a form with files: what ends without it was cut off."""
    _, options = parse_options_header(request.headers["content-type"])
    return b"--" + options.get(b"boundary", b"") + b"--"


def _broken(error: Exception) -> RefusedError:
    said = str(getattr(error, "detail", None) or error)
    if "Too many files" in said:
        return RefusedError(413, "web.too_many_files", most=MOST_FILES)
    if "Too many fields" in said or "exceeded" in said:
        return RefusedError(413, "web.form_too_large")
    return RefusedError(400, "web.form_broken")


async def _held(items: list[tuple[str, str | UploadFile]], folder: Path) -> Filled:
    form: list[tuple[str, str]] = []
    uploads: list[Upload] = []
    for name, value in items:
        if isinstance(value, str):
            form.append((name, value))
        elif value.filename:
            path = folder / str(len(uploads))
            size = await _saved(value, path)
            uploads.append(Upload(name, _plain(value.filename), path, size))
    return Filled(tuple(form), tuple(uploads))


async def _saved(file: UploadFile, path: Path) -> int:
    size = 0
    with path.open("wb") as out:
        while chunk := await file.read(CHUNK):
            size += len(chunk)
            if size > LARGEST_FILE:
                raise RefusedError(
                    413, "web.file_too_large", file=_plain(file.filename or ""),
                    most=f"{LARGEST_FILE // CHUNK} MB",
                )  # fmt: skip
            out.write(chunk)
    return size


def _plain(name: str) -> str:
    """Return the last part of a file's name, whatever system it comes from."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[-LONGEST_NAME:] or "file"


class _Body:
    """A request's body, held to its limit while it arrives: its stated length may be a lie.

    It is whole once its last mark has come. Of a form that was cut off within its second file the
    parser gives the first and says nothing of the second.
    """

    def __init__(self, request: Request, most: int, last_mark: bytes) -> None:
        self._receive = request._receive  # noqa: SLF001 - Starlette has no other way to wrap it
        self._length = request.headers.get("content-length", "")
        self._most, self._taken, self._ended = most, 0, False
        self._last_mark, self._tail, self._whole = last_mark, b"", not last_mark
        request._receive = self.receive  # noqa: SLF001

    def refuse_large(self) -> None:
        """Raise RefusedError (413) for what says itself that it is too large."""
        if self._length.isdigit() and int(self._length) > self._most:
            raise RefusedError(413, "web.form_too_large")

    async def receive(self) -> Message:
        """Return the next part of the body.

        Raises RefusedError (413) past the limit, MultiPartException for an end without its mark.
        """
        message = await self._next()
        if self._taken > self._most:
            raise RefusedError(413, "web.form_too_large")
        if self._ended and not self._whole:
            raise MultiPartException("cut off")
        return message

    async def read_away(self) -> None:
        """Read on to the end, within bounds: who still sends would not read why he is refused."""
        while not self._ended and self._taken <= LARGEST_READ:
            await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        part = message.get("body", b"")
        self._taken += len(part)
        if not self._whole:
            self._tail += part
            self._whole = self._last_mark in self._tail
            self._tail = self._tail[-len(self._last_mark) :]
        self._ended = not message.get("more_body", False)
        return message
