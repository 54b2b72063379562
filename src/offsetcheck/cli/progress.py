import sys

from offsetcheck.cli.terminal import note

LONG = 100  # items below this are done before anybody wonders


def show_progress(done: int, total: int, what: str) -> None:
    """Show on standard error how far long work is.

    A terminal gets one line that counts up, a file one line for each tenth.
    """
    if total < LONG:
        return
    step = max(1, total // 100 if sys.stderr.isatty() else total // 10)
    if done % step == 0 or done == total:
        _show(f"{what}: {done:,} of {total:,}", last=done == total)


def _show(text: str, *, last: bool) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text}" + ("\n" if last else ""))
        sys.stderr.flush()
    else:
        note(text)
