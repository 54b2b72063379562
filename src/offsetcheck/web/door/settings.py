"""The file that says how a city's server runs: names, proxy, people, register."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.model import FileModel, build, mapping_in, note_unknown_key
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import wrong
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.web.door.proxy import ProxiedPeople
from offsetcheck.web.visit import Role, person_named

LARGEST = 1024 * 1024
SHORTEST_SECRET = 32
SECRET_HINT = "write one with `openssl rand -hex 32`, readable by the server alone"  # noqa: S105


def _roles(value: Any) -> frozenset[Role]:
    names = value if isinstance(value, list) else [value]
    known = {role.value for role in Role}
    unknown = [str(name) for name in names if name not in known]
    if unknown or not names:
        said = f"`{unknown[0]}` is no role" if unknown else "at least one role is needed here"
        raise wrong(said, f"roles are {', '.join(sorted(known))}")
    return frozenset(Role(name) for name in names)


def _names(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str) and item.strip() for item in items):
        raise wrong("the name of the server is needed here", "such as `offsets.city.example`")
    return tuple(item.strip() for item in items)


def _address(value: Any) -> str | None:
    if value is None:
        return None
    said = str(value)
    ours = said.startswith("/") and not said.startswith("//")
    if not (ours or said.startswith("https://")):
        raise wrong("the address for signing out is needed here", "such as `/oauth2/sign_out`")
    return said


def _within(least: int, most: int) -> BeforeValidator:
    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise wrong(f"a whole number from {least} to {most} is needed here")
        return value

    return BeforeValidator(read)


Roles = Annotated[frozenset[Role], BeforeValidator(_roles)]


class ServerFile(FileModel):
    """What a server's file says; docs/server.md explains each key."""

    names: Annotated[tuple[str, ...], BeforeValidator(_names)]
    user_header: str
    proxy_secret_file: str
    people: dict[str, Roles]
    others: Roles = frozenset()
    host: str = "127.0.0.1"
    port: Annotated[int, _within(0, 65535)] = 8080
    processes: Annotated[int, _within(1, 32)] = 2
    register_url: str | None = None
    sign_out: Annotated[str | None, BeforeValidator(_address)] = None


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How a server runs, with who may do what."""

    file: ServerFile
    people: ProxiedPeople


def read_settings(path: Path) -> ServerSettings:
    """Return what a server's file says; raises InputError with every mistake in it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"cannot be read: {(error.strerror or '').lower()}"
        raise InputError([Problem(reason, Place(str(path)))]) from None
    if len(data) > LARGEST:
        raise InputError([Problem("is too large for a file of settings", Place(str(path)))])
    document = compose(data.decode("utf-8", "replace"), str(path))
    problems = Problems()
    problems.of_document(document)
    said = mapping_in(document, problems)
    known = tuple(ServerFile.model_fields)
    for key in said:
        if key not in known:
            note_unknown_key(document, (key,), known, problems)
    kept = {key: value for key, value in said.items() if key in known}
    file = build(ServerFile, kept, document, problems)
    secret = _secret(path, file, problems) if file else ""
    if file is None or problems.sorted():
        raise InputError(problems.sorted())
    people = {person_named(name): roles for name, roles in file.people.items()}
    header = file.user_header.casefold()
    return ServerSettings(file, ProxiedPeople(header, secret, people, file.others))


def _secret(path: Path, file: ServerFile, problems: Problems) -> str:
    """Return the secret that proxy and server share, from its file beside the settings."""
    secret = path.parent / file.proxy_secret_file
    try:
        text = secret.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        problems.add(Place(str(secret)), "the proxy's secret cannot be read", SECRET_HINT)
        return ""
    if len(text) < SHORTEST_SECRET:
        problems.add(Place(str(secret)), "the proxy's secret is too short", SECRET_HINT)
    return text
