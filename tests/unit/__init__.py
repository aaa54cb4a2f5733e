"""Unit tests, in folders by the packages of the code."""
