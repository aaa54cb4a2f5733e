"""Synthetic content of any size, equal for equal sizes and seeds.

It has documents, sections, passages, events, actors and citations in realistic amounts. The
distribution is realistic too: a few actors are in most events, a few words in most texts. Rows are
generated one by one, in the order in which a load writes them.
"""

from benchmarks.synthetic.content import synthetic_content

__all__ = ["synthetic_content"]
