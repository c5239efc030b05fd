"""The error tree: every error of the project hangs on one of its four branches."""

import importlib
import inspect
import pkgutil
from types import ModuleType
from typing import Final

import schemas
import services
from services.errors import Corruption, Permanent, Refused, Transient, WirefoldError

BRANCHES: Final = (Transient, Permanent, Corruption, Refused)


def all_modules() -> list[ModuleType]:
    return [
        importlib.import_module(found.name)
        for package in (services, schemas)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


def own_errors() -> dict[str, type[BaseException]]:
    """Every exception class that a module of the project defines, by its full name."""
    return {
        f"{module.__name__}.{name}": value
        for module in all_modules()
        for name, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, BaseException) and value.__module__ == module.__name__
    }


def test_every_error_hangs_on_exactly_one_branch_of_the_tree() -> None:
    errors = own_errors()
    assert len(errors) > len(BRANCHES) + 1
    outside = {
        name: [branch.__name__ for branch in BRANCHES if issubclass(error, branch)]
        for name, error in errors.items()
        if error is not WirefoldError and sum(issubclass(error, branch) for branch in BRANCHES) != 1
    }
    assert outside == {}


def test_every_error_says_when_it_is_raised() -> None:
    silent = [name for name, error in own_errors().items() if not (error.__doc__ or "").strip()]
    assert silent == []


def test_the_tree_in_the_docstring_names_its_branches() -> None:
    said = importlib.import_module("services.errors").__doc__ or ""
    assert all(branch.__name__ in said for branch in BRANCHES)
