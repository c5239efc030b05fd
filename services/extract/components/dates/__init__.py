"""When: date expressions found, resolved and ranked. `find_dates` once an article, `rank_dates` per event."""

from services.extract.components.dates.find import find_dates
from services.extract.components.dates.rank import rank_dates

__all__ = ["find_dates", "rank_dates"]
