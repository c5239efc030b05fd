"""`wirefold gazetteer build`: the index of places, made ahead or from a full GeoNames dump."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="The index of places that the default extractor looks names up in.", no_args_is_help=True
)


def register(root: typer.Typer) -> None:
    """Add the commands to the command line."""
    root.add_typer(app, name="gazetteer", rich_help_panel="Operate")


@app.command("build")
def build(
    dump: Annotated[
        Path | None,
        typer.Option(
            "--dump", help="A GeoNames dump (allCountries.txt, cities500.txt); default: the shipped places."
        ),
    ] = None,
) -> None:
    """Build the index now instead of at first use; it lies in WIREFOLD_CACHE_DIR."""
    from services.extract.resources.gazetteer import cache

    if dump is None:
        cache.open_gazetteer()
        typer.echo(f"index ready in {cache.cache_folder()}")
    else:
        typer.echo(f"index built: {cache.build_from_geonames_dump(dump)}")
