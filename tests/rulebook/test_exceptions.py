"""What a check finds may be excepted with a reason, and an exception that is wrong is told."""

import pytest

from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook

SHARE = "- {check: examples.outcome_not_shown, file: residual/share.yaml, at: tests, reason: Left out.}\n"


def found(folder, exceptions):
    (folder / "exceptions.yaml").write_text(exceptions)
    return check(load_rulebook(folder))


def test_what_is_excepted_is_not_told(folder):
    """An exception takes what its check finds at its place, and nothing else."""
    before = {problem.check for problem in check(load_rulebook(folder))}
    after = {problem.check for problem in found(folder, SHARE)}
    assert before - after == {"examples.outcome_not_shown"}
    assert after < before


@pytest.mark.parametrize(
    ("exceptions", "check_id", "message"),
    [
        (
            SHARE.replace(", reason: Left out.", ""),
            "file.missing_key",
            "the key `reason` is missing",
        ),
        (
            SHARE.replace("outcome_not", "outcom_not"),
            "exceptions.unknown_check",
            "there is no check",
        ),
        (SHARE.replace("at: tests", "at: says"), "exceptions.idle", "nothing is excepted"),
        (SHARE.replace("residual/share", "vintage/age"), "exceptions.idle", "nothing is excepted"),
        (
            SHARE.replace("examples.outcome_not_shown", "yaml.syntax"),
            "exceptions.of_loading",
            "cannot",
        ),
        ("check: x\n", "file.wrong_value", "a list is needed here"),
    ],
)
def test_a_wrong_exception_is_itself_a_problem(folder, exceptions, check_id, message):
    """Without a reason, of no check, of nothing or of reading: each is told at its line."""
    [problem] = [p for p in found(folder, exceptions) if p.place.file == "exceptions.yaml"]
    assert problem.check == check_id
    assert message in problem.message
    assert problem.place.line == 1


def test_a_row_of_a_table_is_named_by_its_first_cell(folder):
    """In a table the first cell of the row and the column say what is excepted."""
    path = folder / "tables" / "events.csv"
    path.write_text(path.read_text().replace("notice,read", "notice,reed"))
    told = {"check": "tables.standing_unknown", "file": "tables/events.csv", "reason": "Theirs."}
    line = ", ".join(f"{key}: {text}" for key, text in told.items())
    assert "tables.standing_unknown" in {
        p.check for p in found(folder, f"- {{{line}, at: VCS9.x}}\n")
    }
    assert {p.check for p in found(folder, f"- {{{line}, at: VCS902.standing}}\n")}.isdisjoint(
        {"tables.standing_unknown", "exceptions.idle"}
    )
