"""Packs signed by ssh-keygen: the right signer is known, any other refused."""

import shutil
import subprocess

import pytest

from offsetcheck.api.packs import Signer, pack_rules, verify_pack
from offsetcheck.vocabulary.problem import OutputError, RequestError, RulebookError

WHO = "rules@city.example"


@pytest.fixture
def key(tmp_path):
    """A private key of the test's own, without a password."""
    program = shutil.which("ssh-keygen")
    if program is None:
        pytest.skip("ssh-keygen is not installed")
    words = ["-q", "-t", "ed25519", "-N", "", "-C", WHO, "-f", str(tmp_path / "key")]
    subprocess.run([program, *words], check=True, capture_output=True)
    return tmp_path / "key"


@pytest.fixture
def signers(key, tmp_path):
    """The file of those who may sign."""
    public = key.with_name("key.pub").read_text(encoding="utf-8")
    (tmp_path / "signers").write_text(f"{WHO} {public}", encoding="utf-8")
    return tmp_path / "signers"


def test_a_signed_pack_is_verified_for_its_signer_alone(key, signers, tmp_path):
    """Who is named in the file of signers has signed; who is not there has not."""
    packed = pack_rules(None, tmp_path / "rules.zip", key=key)
    assert packed.signature == tmp_path / "rules.zip.sig"
    verified = verify_pack(tmp_path / "rules.zip", signers=signers, identity=WHO)
    assert verified.signed_by == WHO
    with pytest.raises(RulebookError, match="has not signed it"):
        verify_pack(tmp_path / "rules.zip", signers=signers, identity="eve@city.example")


def test_a_signature_is_of_one_pack(key, signers, tmp_path):
    """A byte behind the archive leaves its files whole, and the signature does not hold."""
    pack_rules(None, tmp_path / "rules.zip", key=key)
    with (tmp_path / "rules.zip").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(RulebookError):
        verify_pack(tmp_path / "rules.zip", signers=signers, identity=WHO)


def test_a_pack_without_a_signature_is_refused_where_one_is_asked_for(key, signers, tmp_path):
    """What is not signed is not taken for signed."""
    pack_rules(None, tmp_path / "rules.zip")
    with pytest.raises(RulebookError, match="it is not signed"):
        verify_pack(tmp_path / "rules.zip", signers=signers, identity=WHO)


def test_another_hash_than_the_wanted_one_is_refused(tmp_path):
    """The hash of a notice may be given in capitals; any other is refused."""
    made = pack_rules(None, tmp_path / "rules.zip").manifest
    assert verify_pack(tmp_path / "rules.zip", wanted=made.hash.upper()).manifest == made
    with pytest.raises(RulebookError, match="its hash is"):
        verify_pack(tmp_path / "rules.zip", wanted="0" * 64)


def test_a_program_that_is_not_there_is_named_before_anything_is_written(tmp_path, monkeypatch):
    """Nothing is packed where it cannot be signed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RequestError, match="minisign is not installed"):
        pack_rules(None, tmp_path / "rules.zip", key=tmp_path / "key", signer=Signer.MINISIGN)
    assert not (tmp_path / "rules.zip").exists()


def test_a_pack_that_is_there_is_not_replaced(tmp_path):
    """Nothing is overwritten unasked."""
    pack_rules(None, tmp_path / "rules.zip")
    with pytest.raises(OutputError):
        pack_rules(None, tmp_path / "rules.zip")
