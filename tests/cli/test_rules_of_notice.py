"""An officer judges by other rules than her notice names: every file that is written says so."""

import re
import shutil
import zipfile
from pathlib import Path

import pypdf

TURKU = Path(__file__).resolve().parents[2] / "samples" / "turku"
SAID = "judged by other rules than the notice names"
IN_FULL = "The notice of this tender names the rules with the hash"
FORMATS = (
    "html", "md", "text", "json", "xlsx", "disclosure", "disclosure_xlsx", "ocds", "sarif",
    "cadtrust", "csv",
)  # fmt: skip


def told(text):
    return SAID in text or IN_FULL in text


def pages_of(file):
    """Return the texts of a file in which each must say it: of a PDF those of its sheets."""
    if file.suffix == ".pdf":
        texts = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    elif file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            texts = [" ".join(book.read(n).decode() for n in book.namelist() if ".xml" in n)]
    else:
        texts = [file.read_text(encoding="utf-8")]
    return [re.sub(r"\s+", " ", text) for text in texts]


def test_every_file_and_every_sheet_of_paper_says_that_other_rules_were_named(
    offsetcheck, tmp_path
):
    """Reports, list, award, claim, workbooks and the release: none is silent."""
    shutil.copytree(TURKU, tmp_path / "turku")
    with (tmp_path / "turku" / "purchase.yaml").open("a", encoding="utf-8") as file:
        file.write(f"rules_hash: {'0' * 64}\n")
    asked = [word for name in FORMATS for word in ("--format", name)]
    ended = offsetcheck("assess", "turku", "--as-of", "2026-09-30", "-o", "out", *asked)
    assert ended.status == 0, ended
    assert SAID in ended.stdout
    files = [f for f in (tmp_path / "out").rglob("*") if f.is_file() and not f.name.startswith(".")]
    silent = [f.name for f in files for text in pages_of(f) if not told(text)]
    assert len(files) > 50
    assert not silent
