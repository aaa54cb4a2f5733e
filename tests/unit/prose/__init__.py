"""Unit tests of seeds.prose, with the shipped article."""

from pathlib import Path

ARTICLES = Path(__file__).parents[3] / "seeds" / "articles"
ARTICLE = (ARTICLES / "hong-kong-united-states-relations" / "article.txt").read_bytes().decode()
