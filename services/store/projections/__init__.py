"""The projections: what readers query, derived from the log, one a file.

Each turns a change (one event, and what it did) into rows of its own tables and nothing else; it keeps
no state and reads no clock, so that a replay gives the same rows. May import: the pure core, the
read models' schema. May not import: the writer, the relay, queries.
"""
