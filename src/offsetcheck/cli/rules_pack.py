"""`offsetcheck rules pack`, `unpack` and `verify`."""

from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result

PATH = click.Path(path_type=Path)
PACK = click.argument("pack", metavar="FILE", type=PATH)


@click.command("pack", cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=PATH)
@click.option(
    "-o", "--output", type=PATH, required=True, metavar="FILE", help="The new pack, FILE.zip."
)
@click.option("--key", type=PATH, metavar="FILE", help="A private key to sign with.")
@click.option(
    "--signer",
    type=click.Choice(["ssh-keygen", "minisign"]),
    default="ssh-keygen",
    show_default=True,
    help="The program that signs.",
)
@options.RULES
@options.FORCE
def pack_rules(
    *,
    folder: Path | None,
    output: Path,
    key: Path | None,
    signer: str,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Write a rule folder as one file with the hash of each of its files.

    The hash that is printed is that of all files together: a notice of tender that prints it binds
    whoever judges to these rules. `--rules FILE.zip` reads the pack in every command.

    \b
    Examples:
      offsetcheck rules pack rules/ -o rules-2027.zip
      offsetcheck rules pack rules/ -o rules-2027.zip --key ~/.ssh/id_ed25519
    """
    from offsetcheck.api.packs import Signer
    from offsetcheck.api.packs import pack_rules as packed

    made = packed(
        options.one_folder(folder, rules), output, key=key, signer=Signer(signer), replace=force
    )
    result(made.manifest.hash)
    note(f"{output}: {counted(len(made.manifest.files), 'file')}, {made.manifest.edition}")
    if made.signature is not None:
        note(f"signed: {made.signature}")
    return Exit.DONE


@click.command("unpack", cls=Command)
@PACK
@click.option(
    "-o", "--output", type=PATH, required=True, metavar="DIR", help="The new folder of its files."
)
@options.FORCE
def unpack_rules(*, pack: Path, output: Path, force: bool) -> Exit:
    """Write the files of a pack, verified, into a folder.

    \b
    Example:
      offsetcheck rules unpack rules-2027.zip -o rules/
    """
    from offsetcheck.api.packs import unpack_rules as unpacked

    manifest = unpacked(pack, output, replace=force)
    note(f"{output}: {counted(len(manifest.files), 'file')} of {manifest.name}, {manifest.edition}")
    return Exit.DONE


@click.command("verify", cls=Command)
@PACK
@click.option("--hash", "wanted", metavar="HASH", help="The hash that the pack must have.")
@click.option("--signers", type=PATH, metavar="FILE", help="Allowed signers, as of ssh-keygen.")
@click.option("--identity", metavar="NAME", help="Who of the allowed signers must have signed.")
@click.option("--key", "public_key", type=PATH, metavar="FILE", help="A public key of minisign.")
def verify_pack(
    *,
    pack: Path,
    wanted: str | None,
    signers: Path | None,
    identity: str | None,
    public_key: Path | None,
) -> Exit:
    """Verify a pack: its files, its hash, and its signature where one is asked for.

    \b
    Examples:
      offsetcheck rules verify rules-2027.zip
      offsetcheck rules verify rules-2027.zip --hash 6f1c…
      offsetcheck rules verify rules-2027.zip --signers signers --identity rules@city.example
    """
    from offsetcheck.api.packs import verify_pack as verified

    found = verified(pack, wanted=wanted, signers=signers, identity=identity, public_key=public_key)
    result(found.manifest.hash)
    signed = f", signed by {found.signed_by}" if found.signed_by else ""
    note(f"{found.manifest.name}, {found.manifest.edition}: every file is as packed{signed}")
    return Exit.DONE
