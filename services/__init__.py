"""The three workers of wirefold and the plumbing they share.

`ingest` accepts articles, `extract` finds the events in them, `store` keeps the log and the records.
They never import one another; they meet on Redis streams and in `schemas`. The modules directly in
this folder are plumbing (settings, logs, clock, errors, streams, broker, dead_letter, embedded): they
import `schemas` and third-party libraries, no service. `cli` may import everything.
"""
