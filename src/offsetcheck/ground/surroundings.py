"""What the environment of the process wishes."""

import os


def wanted_concluder() -> str:
    """Return the concluder that OFFSETCHECK_CONCLUDER names, empty where it names none."""
    return os.environ.get("OFFSETCHECK_CONCLUDER", "")
