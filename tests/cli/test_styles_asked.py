"""The options that say how lists write numbers and days."""

import pytest

OFFERS = "id;tonnes;price;currency\nVCS902;1.234;12;EUR\n"
DAY = ("--as-of", "2026-09-30")


@pytest.fixture
def bids(tmp_path):
    path = tmp_path / "bids.csv"
    path.write_text(OFFERS, encoding="utf-8")
    return path


def test_an_open_number_ends_with_an_error_that_names_the_option(offsetcheck, bids):
    """Status 3, and what to write on the command line."""
    ended = offsetcheck("assess", bids, "--city", "turku", *DAY)
    assert ended.status == 3
    assert "--numbers 1.234,5 or --numbers 1,234.5" in ended.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("assess", "--city", "turku"),
        ("batch", "--city", "turku"),
        ("explain", "VCS902", "--city", "turku"),
        ("compare", "VCS902", "--cities", "turku,bogota"),
    ],
)
def test_the_option_settles_it_in_every_command(offsetcheck, bids, command):
    """Nothing is left to refuse."""
    name, *rest = command
    ended = offsetcheck(name, bids, *rest, *DAY, "--numbers", "1.234,5", "--dates", "d.m.y")
    assert "two numbers" not in ended.stderr
    assert ended.status == 0


@pytest.mark.parametrize(
    ("option", "sample", "said"),
    [("--numbers", "1234", "1.234,5 or 1,234.5"), ("--dates", "y-m-d", "d/m/y")],
)
def test_a_sample_that_tells_nothing_is_a_usage_error(offsetcheck, bids, option, sample, said):
    """With examples."""
    ended = offsetcheck("assess", bids, "--city", "turku", *DAY, option, sample)
    assert ended.status == 2
    assert said in ended.stderr
