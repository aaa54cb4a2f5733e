"""Measure what a request costs on a large database, beside a floor and other servers."""
