"""The stages of the rule pipeline, one file each: pure functions over one immutable document.

May import: `services.extract.model`, `services.extract.resources`, `schemas`. Stages do not import each
other's internals: they meet in `services.extract.pipeline` through the typed values of the model.
"""
