"""Where the rules, templates and samples lie that travel with the package."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def bundled(name: str) -> Path:
    """Return the folder `rules`, `templates` or `samples`, from a wheel or from beside `src`.

    Raises FileNotFoundError where the installation lacks it.
    """
    for folder in (PACKAGE / "bundled" / name, PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation lacks its folder `{name}`")
