"""Synthetic knowledge bases: made up, of any size, the same ones for the same size and seed.

They have what an article has (documents, sections, passages, events, actors, citations), in the
amounts and with the unevenness of real ones: a few actors are in most events, a few words in most
texts. Rows are made one after the other, in the order in which a load writes them.
"""

from benchmarks.synthetic.content import synthetic_content

__all__ = ["synthetic_content"]
