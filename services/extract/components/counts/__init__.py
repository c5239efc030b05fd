"""How many: casualties found and ranked. `find_counts` once an article, `rank_counts` per event."""

from services.extract.components.counts.find import find_counts
from services.extract.components.counts.rank import rank_counts
from services.extract.components.counts.values import Counts, CountTables, Excluded, Tally

__all__ = ["CountTables", "Counts", "Excluded", "Tally", "find_counts", "rank_counts"]
