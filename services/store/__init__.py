"""Store: the only writer of the event log; merges reports into incidents and keeps the read models.

Pure: `events`, `incident`, `decider`, `record`, `figures`, `grade`, `headline`, `matching/`. I/O:
`event_log/` (SQL), `projections/`, `relay`, `app` (writer, composition root), `query/` (HTTP readers).
May import: `schemas`, the plumbing in `services`. May not import: `services.ingest`, `services.extract`.
"""
