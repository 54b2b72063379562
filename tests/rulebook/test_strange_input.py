from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
JUNK = st.sampled_from(
    [
        "",
        "null",
        "[]",
        "{}",
        "[1]",
        "3",
        "'x'",
        "{a: 1}",
        "yes",
        "-1",
        "1e400",
        "*a",
        "&b",
        "!t x",
        "[[[",
        "\t",
        "2021-13-01",
        "otherwise",
        "{en: }",
        "é",
    ]
)


def reported(folder):
    """Return the problems of a folder; anything but RulebookError goes through and fails."""
    try:
        load_rulebook(folder)
    except RulebookError as error:
        return error.problems
    return ()


def loads_or_reports(folder):
    """Hold every problem of a folder to be a sentence at a file of the folder."""
    for problem in reported(folder):
        assert problem.message
        assert "Traceback" not in str(problem)
        assert not problem.place.file.startswith("/")


@QUICK
@given(data=st.data())
def test_truncated_files_never_raise_anything_else(folder, files, data):
    """A file that was cut anywhere loads or is reported, never a traceback."""
    name = data.draw(st.sampled_from(sorted(files)))
    cut = data.draw(st.integers(0, len(files[name])))
    (folder / name).write_text(files[name][:cut])
    loads_or_reports(folder)
    (folder / name).write_text(files[name])


@QUICK
@given(data=st.data())
def test_replaced_values_never_raise_anything_else(folder, files, data):
    """A value replaced by any other loads or is reported, whatever the key."""
    name = data.draw(st.sampled_from(sorted(n for n in files if n.endswith(".yaml"))))
    lines = files[name].splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {data.draw(JUNK)}"
    (folder / name).write_text("\n".join(lines) + "\n")
    loads_or_reports(folder)
    (folder / name).write_text(files[name])


@QUICK
@given(data=st.data())
def test_random_bytes_never_raise_anything_else(folder, files, data):
    """A file of any bytes loads or is reported."""
    name = data.draw(st.sampled_from(sorted(files)))
    (folder / name).write_bytes(data.draw(st.binary(max_size=200)))
    loads_or_reports(folder)
    (folder / name).write_text(files[name])


@QUICK
@given(data=st.data())
def test_missing_lines_never_raise_anything_else(folder, files, data):
    """A file that lost a line loads or is reported."""
    name = data.draw(st.sampled_from(sorted(files)))
    lines = files[name].splitlines()
    del lines[data.draw(st.integers(0, len(lines) - 1))]
    (folder / name).write_text("\n".join(lines) + "\n")
    loads_or_reports(folder)
    (folder / name).write_text(files[name])
