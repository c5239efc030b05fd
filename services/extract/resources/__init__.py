"""Versioned resources of the extractor: lexicons, gazetteer, weights. Data and its readers; no rules."""
