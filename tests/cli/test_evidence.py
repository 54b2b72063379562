"""`offsetcheck evidence state`: what the offers say, written for an officer to check."""

from offsetcheck.cli.exits import Exit

OFFERS = "id,name,programme,tonnes\nVCS1,River,VCS,500\n"
EVIDENCE = """\
confirmed:
  - offer: VCS1
    fields: [tonnes]  # seen
    document: Account statement
    kind: registry_record
    by: A. Officer
    on: 2026-05-31
"""


def written(folder):
    """Write a tender whose evidence states no value."""
    folder.mkdir()
    (folder / "purchase.yaml").write_text("city: turku\n", "utf-8")
    (folder / "offers.csv").write_text(OFFERS, "utf-8")
    (folder / "evidence.yaml").write_text(EVIDENCE, "utf-8")
    return folder


def test_a_copy_is_written_and_named(offsetcheck, tmp_path):
    """The last line of the result is the file, and the officer is told to check it."""
    tender, copy = written(tmp_path / "tender"), tmp_path / "checked.yaml"
    ended = offsetcheck("evidence", "state", tender, "-o", copy)
    assert ended.status == Exit.DONE
    assert ended.stdout.splitlines() == [str(copy)]
    assert "check each against its paper" in ended.stderr
    expected = EVIDENCE.replace("fields: [tonnes]", "values:\n      tonnes: 500")
    assert copy.read_text("utf-8") == expected
    assert (tender / "evidence.yaml").read_text("utf-8") == EVIDENCE


def test_the_officers_own_file_is_replaced_only_by_force(offsetcheck, tmp_path):
    """What is there stays unless the officer says otherwise."""
    tender = written(tmp_path / "tender")
    assert offsetcheck("evidence", "state", tender).status == Exit.USAGE
    assert (tender / "evidence.yaml").read_text("utf-8") == EVIDENCE
    assert offsetcheck("evidence", "state", tender, "--force").status == Exit.DONE
    assert "tonnes: 500" in (tender / "evidence.yaml").read_text("utf-8")


def test_a_tender_without_evidence_is_told(offsetcheck, tmp_path):
    """There is nothing to state values in."""
    tender = written(tmp_path / "tender")
    (tender / "evidence.yaml").unlink()
    ended = offsetcheck("evidence", "state", tender)
    assert ended.status == Exit.INPUT
    assert "there is no such file" in ended.stderr
