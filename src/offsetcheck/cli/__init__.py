from offsetcheck.cli.app import main

__all__ = ["main"]
