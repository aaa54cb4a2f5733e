"""An invented article with every form of date and number that the reader knows, and its reading."""

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
ARTICLE = (ARTICLES / "aurelia-borealia-relations" / "article.txt").read_text(encoding="utf-8")
