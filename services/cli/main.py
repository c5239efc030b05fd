"""The `wirefold` command line: one file a group of commands; what is slow to import is imported late."""

import sys
from typing import Final

import typer
from rich.console import Console

from services.cli import (
    client_commands,
    dead_letter_commands,
    doctor,
    file_commands,
    gazetteer_commands,
    service_commands,
    store_commands,
)
from services.errors import Refused, WirefoldError

EXIT_FAILED = 1
EXIT_REFUSED = 2

HELP: Final = """
News reports go in, incident records come out, and every source's claims stay side by side.

Start with [bold]wirefold demo[/], or [bold]wirefold up[/] and, in another terminal, [bold]wirefold post
FILE[/] and [bold]wirefold watch[/]. Settings are WIREFOLD_ variables (docs/operating.md).
"""

app = typer.Typer(
    name="wirefold",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
service_commands.register(app)
client_commands.register(app)
store_commands.register(app)
file_commands.register(app)
dead_letter_commands.register(app)
gazetteer_commands.register(app)
doctor.register(app)


def main() -> None:
    """Run the command line; errors of wirefold end it with one readable line and a status."""
    try:
        app()
    except Refused as error:
        Console(stderr=True).print(f"[bold red]refused:[/] {error}", highlight=False, markup=True)
        sys.exit(EXIT_REFUSED)
    except WirefoldError as error:
        Console(stderr=True).print(f"[bold red]{type(error).__name__}:[/] {error}", highlight=False)
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
