"""Commands on the store's data: rebuild, verify, dead-letter, doctor."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
