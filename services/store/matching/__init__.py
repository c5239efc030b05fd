"""Which reports tell of the same incident: sketches compared, candidates scored, groups reviewed.

Pure: standard library and `schemas` only. The decider of the store imports it; it imports no adapter.
"""
