"""Tests of the loaders, on an article made up for them about two countries that do not exist."""
