"""A pack is verified whole before a byte of it counts, and reads as the folder it was made of."""

import io
import json
import os
import shutil
import stat
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.files.pack import MANIFEST, files_hash, read_pack, unpacked, write_pack
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

DAY = date(2026, 9, 30)
FILES = {"guide.yaml": b"name: G\n", "vintage/age.yaml": b"id: vintage.age\n" * 40}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "offsetcheck"


@pytest.fixture
def made(tmp_path):
    """Return a function that writes bytes as a pack and gives its path."""

    def write(content):
        place = tmp_path / "rules.zip"
        place.write_bytes(content)
        return place

    return write


@pytest.fixture(scope="module")
def shipped():
    """The installed rules as a pack."""
    return write_pack(gather(bundled("rules")).files, "Guide", "2026")


def rewritten(content, change):
    """Return a pack with its entries, a list of ZipInfo and bytes, changed in place."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    change(entries)
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, text in entries:
            archive.writestr(entry, text)
    return new.getvalue()


def plain(name, kind=stat.S_IFREG):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o644) << 16
    return entry


def added(name, content=b"x: 1\n", kind=stat.S_IFREG):
    """Return a pack whose manifest names one more file, honestly."""
    files = {**FILES, name: content}
    pack = write_pack(files, "G", "1")
    return rewritten(
        pack,
        lambda entries: entries.__setitem__(
            slice(None), [(plain(name, kind) if e.filename == name else e, c) for e, c in entries]
        ),
    )


def manifest_with(change):
    """Return a pack whose manifest is changed."""

    def on(entries):
        said = json.loads(entries[0][1])
        change(said)
        entries[0] = (entries[0][0], json.dumps(said).encode())

    return rewritten(write_pack(FILES, "G", "1"), on)


def refused(place):
    with pytest.raises(RulebookError) as told:
        read_pack(place)
    (problem,) = told.value.problems
    assert problem.place.file == str(place)
    return problem.message


def test_the_same_files_give_the_same_bytes():
    """Neither the order in which files are given nor the time changes a byte."""
    backwards = dict(reversed(FILES.items()))
    assert write_pack(FILES, "G", "1") == write_pack(backwards, "G", "1")


def test_what_is_read_is_what_was_packed(made):
    """Files, name, edition and hash come back, and the folders of the files are named."""
    manifest, walked = read_pack(made(write_pack(FILES, "G", "1")))
    assert walked.files == FILES
    assert (manifest.name, manifest.edition, manifest.hash) == ("G", "1", files_hash(FILES))
    assert walked.names == ("guide.yaml", "vintage", "vintage/age.yaml")
    assert not walked.cut


def test_a_path_is_part_of_the_hash():
    """A file under another name is another rulebook."""
    assert files_hash({"a.yaml": b"x"}) != files_hash({"b.yaml": b"x"})


def test_a_pack_judges_as_its_folder(made, shipped):
    """Both ways of reading give the hash that the folder binds to."""
    pack = made(shipped)
    of_folder = bind(load_rulebook(bundled("rules")), "turku", DAY).hash
    assert bind(load_rulebook(pack), "turku", DAY).hash == of_folder
    assert bind(load_compiled(pack), "turku", DAY).hash == of_folder


def test_a_changed_file_is_refused(made):
    """A threshold that was changed in the pack is not read."""

    def change(entries):
        entries[2] = (entries[2][0], entries[2][1].replace(b"age", b"agf", 1))

    said = refused(made(rewritten(write_pack(FILES, "G", "1"), change)))
    assert said == "`vintage/age.yaml` is not what the manifest says"


def test_a_file_beside_the_manifest_is_refused(made):
    """Nothing is read that the manifest does not name."""
    pack = rewritten(write_pack(FILES, "G", "1"), lambda e: e.append((plain("more.yaml"), b"x")))
    assert refused(made(pack)) == "`more.yaml` stands in the pack and not in its manifest"


def test_a_missing_file_is_refused(made):
    """A rule that was taken out is missed."""
    pack = rewritten(write_pack(FILES, "G", "1"), lambda entries: entries.pop())
    assert refused(made(pack)) == "`vintage/age.yaml` is missing from the pack"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["guide.yaml", "GUIDE.yaml", "Manifest.json"])
def test_a_name_that_stands_twice_is_refused(made, name):
    """Which of two is meant, no two systems agree upon; nor on capitals."""
    pack = rewritten(write_pack(FILES, "G", "1"), lambda e: e.append((plain(name), b"x")))
    assert refused(made(pack)) == f"`{name}` stands in the pack twice"


@pytest.mark.parametrize(
    "name",
    [
        "../out.yaml",
        "/etc/out.yaml",
        "vintage/../../out.yaml",
        "vintage//out.yaml",
        "./out.yaml",
        "C:/out.yaml",
        "vintage\\out.yaml",
        ".git/config.yaml",
        "new\nline.yaml",
        "turn\x1b[31m.yaml",
        "a/b/c/d/e/f/g/h/i.yaml",
    ],
)
def test_a_name_that_is_no_plain_path_is_refused(made, name):
    """Nothing leads out of the folder, hides in it, or writes to a terminal."""
    said = refused(made(added(name)))
    assert said.endswith("is no plain file of rules")
    assert said.isprintable()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_what_is_no_plain_file_is_refused(made, kind):
    """A link, a pipe, a device or a folder is no file of rules, whatever the manifest says."""
    assert refused(made(added("linked.yaml", kind=kind))) == (
        "`'linked.yaml'` is no plain file of rules"
    )


def test_an_encrypted_entry_is_refused(made):
    """A pack needs no password."""
    pack = bytearray(write_pack(FILES, "G", "1"))
    at = pack.index(b"PK\x01\x02")
    pack[at + 8] |= 1
    assert refused(made(bytes(pack))) == "`'manifest.json'` is no plain file of rules"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, 99])
def test_other_compressions_are_refused(made, method):
    """Only what `rules pack` writes is unpacked."""
    pack = bytearray(write_pack(FILES, "G", "1"))
    at = pack.index(b"PK\x01\x02")
    pack[at + 10 : at + 12] = struct.pack("<H", method)
    assert refused(made(bytes(pack))).endswith("is no plain file of rules")


def test_a_bomb_is_refused_by_what_it_declares(made):
    """Hundreds of megabytes of zeros in a small file are not unpacked."""
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.yaml", bytes(100_000_001))
    assert refused(made(new.getvalue())) == "the pack holds more than a rulebook may"


def test_a_bomb_that_lies_about_its_size_is_refused(made):
    """An entry that unpacks to more than it declares is damaged; no more is unpacked."""
    pack = bytearray(write_pack({**FILES, "zeros.yaml": bytes(5_000_000)}, "G", "1"))
    at = pack.rindex(b"PK\x01\x02")
    pack[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refused(made(bytes(pack))) == "this is no pack of rules, or it is damaged"


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_pack_that_is_cut_is_refused(made, share):
    """A download that broke off is no pack."""
    pack = write_pack(FILES, "G", "1")
    said = refused(made(pack[: int(len(pack) * share)]))
    assert said == "this is no pack of rules, or it is damaged"


def test_no_changed_byte_is_read_as_rules(made):
    """Whichever byte is changed: the pack is refused, or its files are still what was packed."""
    pack = write_pack(FILES, "G", "1")
    for at in range(len(pack)):
        changed = bytearray(pack)
        changed[at] ^= 0x55
        try:
            _, walked = read_pack(made(bytes(changed)))
        except RulebookError:
            continue
        assert walked.files == FILES, at


def test_a_manifest_with_the_hashes_of_changed_files_needs_another_hash(made):
    """Whoever changes a file and its hash cannot keep the hash of the pack."""
    pack = manifest_with(lambda said: said.update(hash="0" * 64))
    assert refused(made(pack)) == "the hash of the pack is not that of its files"


@pytest.mark.parametrize(
    "change",
    [
        {"files": ["guide.yaml"]},
        {"files": {"guide.yaml": 1}},
        {"name": None},
        {"name": "\x1b[31mred"},
        {"edition": "\ud800"},
        {"hash": 7},
    ],
)
def test_a_manifest_of_other_values_is_refused(made, change):
    """A manifest is texts that a person can read, each where it belongs."""
    said = refused(made(manifest_with(lambda said: said.update(change))))
    assert said == f"its {MANIFEST} cannot be read"


def test_a_manifest_of_another_form_is_refused(made):
    """A later form of packs is not guessed at."""
    said = refused(made(manifest_with(lambda said: said.update(form="offsetcheck rules 2"))))
    assert said == "its manifest.json is not one of `offsetcheck rules 1`"


def test_an_archive_without_a_manifest_is_refused(made):
    """Any zip file is no pack."""
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w") as archive:
        archive.writestr("guide.yaml", "x")
    assert refused(made(new.getvalue())) == "the archive has no manifest.json"


def test_a_pipe_named_as_a_pack_is_refused(tmp_path):
    """Nothing waits for a pipe."""
    os.mkfifo(tmp_path / "rules.zip")
    assert refused(tmp_path / "rules.zip") == "this is a pipe, no plain file"


def test_the_unpacked_files_are_written_anew_where_they_were_changed(made, cache):
    """A threshold changed, a file added or a link put in the cache does not count."""
    folder = unpacked(made(write_pack(FILES, "G", "1")))
    assert folder.parent == cache
    (folder / "guide.yaml").write_bytes(b"name: H\n")
    assert unpacked(made(write_pack(FILES, "G", "1"))) == folder
    assert (folder / "guide.yaml").read_bytes() == FILES["guide.yaml"]
    (folder / "vintage" / "more.yaml").write_bytes(b"x")
    (folder / "guide.yaml").unlink()
    (folder / "guide.yaml").symlink_to("/dev/null")
    unpacked(made(write_pack(FILES, "G", "1")))
    assert gather(folder).files == FILES
    assert not (folder / "guide.yaml").is_symlink()


def test_a_file_that_others_may_write_is_written_anew(made):
    """What somebody else may change tomorrow is not relied upon."""
    folder = unpacked(made(write_pack(FILES, "G", "1")))
    (folder / "guide.yaml").chmod(0o666)
    unpacked(made(write_pack(FILES, "G", "1")))
    assert stat.S_IMODE((folder / "guide.yaml").stat().st_mode) == 0o600


def test_a_link_in_the_place_of_the_unpacked_folder_is_replaced(made, tmp_path):
    """The folder of the cache is the user's own; where a link leads is left alone."""
    folder = unpacked(made(write_pack(FILES, "G", "1")))
    elsewhere = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    shutil.rmtree(folder)
    folder.symlink_to(elsewhere)
    unpacked(made(write_pack(FILES, "G", "1")))
    assert not folder.is_symlink()
    assert elsewhere.is_dir()


def test_without_a_cache_a_pack_is_read_all_the_same(made, cache):
    """A folder that others may write to is no cache; the files stand elsewhere for the run."""
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    folder = unpacked(made(write_pack(FILES, "G", "1")))
    assert cache not in folder.parents
    assert gather(folder).files == FILES
