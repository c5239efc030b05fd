"""Quality measurement: scorers over the files that `wirefold fold` writes, and the gate over their figures.

The scorers are pure functions of loaded rows and import the standard library alone, so that they
judge every extractor and merger alike. Nothing here is imported by `schemas` or `services`.
"""
