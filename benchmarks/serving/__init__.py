"""Serving a large base: what a request costs, beside a floor and beside peers."""
