"""The event log: append-only, totally ordered, chained by checksums. `FORMAT.md` describes it.

Lives here: the log's schema, the adapters of the port `services.store.ports.EventLog` (SQL and memory),
and the check of the chain. May import: the store's pure core, the plumbing, SQLAlchemy. May not
import: projections, the writer, queries.
"""
