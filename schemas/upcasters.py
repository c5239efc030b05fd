"""The steps from one version of a message to the next, one function each: `article_v1_to_v2`. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: Final[Mapping[tuple[str, int], Upcaster]] = {}
"""(name of the model, version) → the step to the next version. Version 1 is the first of each."""
