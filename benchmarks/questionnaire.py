"""Print how long a bid form takes to be made, filled in and read back; run on two cores."""

import tempfile
import time
from datetime import date
from pathlib import Path

from offsetcheck.api.case import open_rulebook
from offsetcheck.api.questionnaire import FormOptions, check_form, make_form
from offsetcheck.api.request import Request

DAY = date(2026, 9, 30)
SECONDS = 2.0
CASES = {
    "any type of project": FormOptions(),
    "one type of project": FormOptions(types=("redd",)),
    "ten offers": FormOptions(offers=10),
}


def main() -> None:
    """Print seconds for each case; the rules are read before, as for any other command."""
    rulebook = open_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        for name, options in CASES.items():
            path = Path(folder) / "form.xlsx"
            begun = time.perf_counter()
            request = Request(Path(folder), "turku", DAY)
            made = make_form(request, rulebook, path, options=options, replace=True)
            written = time.perf_counter()
            check_form(path, rulebook)
            read = time.perf_counter()
            print(
                f"{name}: {len(made.form.fields())} questions, made in {written - begun:.2f} s "
                f"(at most {SECONDS:.0f}), checked in {read - written:.2f} s"
            )


if __name__ == "__main__":
    main()
