"""Rules as one file: packed, signed where there is a key, verified and unpacked."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from offsetcheck.api.output import result_folder, write_result
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.limits import MAX_TABLE_BYTES
from offsetcheck.ground.walk import NotPlainError, read_plain
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.files.pack import Manifest, read_pack, write_pack
from offsetcheck.rulebook.load import read_rulebook
from offsetcheck.vocabulary.problem import OutputError, Place, Problem, RequestError, RulebookError

BESIDE = (
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
)  # not read as rules, and part of what is published
NAMESPACE = "offsetcheck-rules"
PATIENCE = 60  # seconds for a tool that signs; one that asks for a password gets no terminal
SIGNATURES = {"ssh-keygen": ".sig", "minisign": ".minisig"}


class Signer(StrEnum):
    """The program that signs packs and verifies signatures."""

    SSH_KEYGEN = "ssh-keygen"
    MINISIGN = "minisign"


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack that was written: what it says of itself, and the file of its signature, if any."""

    manifest: Manifest
    signature: Path | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A pack whose files are what its manifest says; `signed_by` names who signed it, if asked."""

    manifest: Manifest
    signed_by: str | None


def pack_rules(
    folder: Path | None,
    output: Path,
    *,
    key: Path | None = None,
    signer: Signer = Signer.SSH_KEYGEN,
    replace: bool = False,
) -> Packed:
    """Write a rule folder, or the installed one, as one file; with a key also its signature.

    A folder that does not load is not packed. Raises RulebookError for such a folder, OutputError
    for a file that is there already, RequestError where nothing could be signed.
    """
    if key is not None:
        _tool(signer)
    home = folder or bundled("rules")
    walked = gather(home)
    rulebook = read_rulebook(home, walked)
    files = {**walked.files, **_beside(home)}
    content = write_pack(files, rulebook.guide.name, rulebook.guide.edition)
    signature = output.with_name(output.name + SIGNATURES[signer]) if key is not None else None
    if signature is not None and signature.exists() and not replace:
        hint = "use --force to replace it"
        raise OutputError([Problem("the file is there already", Place(str(signature)), hint)])
    write_result(output, content, replace=replace, command="offsetcheck rules pack")
    if key is not None and signature is not None:
        signature.unlink(missing_ok=True)
        _sign(output, key, signer)
    return Packed(read_pack(output)[0], signature)


def _beside(folder: Path) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for name in BESIDE:
        try:
            found[name] = read_plain(folder / name, MAX_TABLE_BYTES)
        except (OSError, NotPlainError):
            continue
    return found


def unpack_rules(pack: Path, folder: Path, *, replace: bool = False) -> Manifest:
    """Write the files of a pack, verified, into a folder of their own.

    Raises RulebookError for what is no whole pack, OutputError for a folder that is there already.
    """
    manifest, walked = read_pack(pack)
    with result_folder(folder, replace=replace, command="offsetcheck rules unpack") as made:
        for name, content in walked.files.items():
            place = made.draft / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    return manifest


def verify_pack(
    pack: Path,
    *,
    wanted: str | None = None,
    signers: Path | None = None,
    identity: str | None = None,
    public_key: Path | None = None,
) -> Verified:
    """Return a pack verified: its files, its hash where one is `wanted`, its signature where asked.

    `signers` is a file of allowed signers as ssh-keygen reads it, with the `identity` that signed;
    `public_key` a public key of minisign. The signature stands beside the pack. Raises
    RulebookError where anything does not fit.
    """
    manifest, _ = read_pack(pack)
    if wanted is not None and wanted.lower() != manifest.hash:
        hint = "these are other rules than those whose hash was given"
        raise _refused(pack, f"its hash is {manifest.hash}", hint)
    if signers is not None:
        if not identity:
            raise RequestError.about("identity", "who must have signed is not said")
        return Verified(manifest, _verify_ssh(pack, signers, identity))
    if public_key is not None:
        return Verified(manifest, _verify_minisign(pack, public_key))
    return Verified(manifest, None)


def _sign(pack: Path, key: Path, signer: Signer) -> None:
    if signer is Signer.SSH_KEYGEN:
        words = ["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(pack)]
    else:
        words = ["-S", "-s", str(key), "-m", str(pack)]
    done = _run(signer, words)
    if done.returncode:
        said = _last(done.stderr) or _last(done.stdout) or "no reason is given"
        raise RequestError.about("key", f"{signer} did not sign: {said}")


def _verify_ssh(pack: Path, signers: Path, identity: str) -> str:
    signature = _signature(pack, Signer.SSH_KEYGEN)
    words = ["-Y", "verify", "-f", str(signers), "-I", identity, "-n", NAMESPACE]
    done = _run(Signer.SSH_KEYGEN, [*words, "-s", str(signature)], pack.read_bytes())
    if done.returncode:
        raise _refused(pack, f"`{identity}` has not signed it", _last(done.stdout) or None)
    return identity


def _verify_minisign(pack: Path, public_key: Path) -> str:
    signature = _signature(pack, Signer.MINISIGN)
    words = ["-V", "-p", str(public_key), "-m", str(pack), "-x", str(signature)]
    done = _run(Signer.MINISIGN, words)
    if done.returncode:
        raise _refused(pack, "its signature is not by that key", _last(done.stderr) or None)
    return str(public_key)


def _signature(pack: Path, signer: Signer) -> Path:
    beside = pack.with_name(pack.name + SIGNATURES[signer])
    if not beside.is_file():
        raise _refused(pack, "it is not signed", f"the signature would be {beside.name} beside it")
    return beside


def _tool(signer: Signer) -> str:
    found = shutil.which(signer)
    if found is None:
        said = f"the program {signer} is not installed"
        raise RequestError.about("signer", said, "install it, or use the other one")
    return found


def _run(
    signer: Signer, words: list[str], content: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - a program found by its name, words without a shell
            [_tool(signer), *words],
            input=content or b"",
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise RequestError.about("signer", f"{signer} did not end in {PATIENCE} s") from None


def _last(text: bytes) -> str:
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _refused(pack: Path, message: str, hint: str | None) -> RulebookError:
    return RulebookError([Problem(message, Place(str(pack)), hint)])
