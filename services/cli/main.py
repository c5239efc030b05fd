"""The `wirefold` command: news reports in, incident records out.

Each command lives in a file of its own and is imported when it is used, so that `--help` is quick.
"""

import sys

import typer
from rich.console import Console

from services.cli import client_commands, file_commands, service_commands, store_commands
from services.errors import Refused, WirefoldError

EXIT_FAILED = 1
EXIT_REFUSED = 2

app = typer.Typer(
    name="wirefold",
    help=__doc__,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
service_commands.register(app)
client_commands.register(app)
store_commands.register(app)
file_commands.register(app)


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
