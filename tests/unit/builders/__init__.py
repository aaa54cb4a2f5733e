"""Unit tests of seeds.builders, with a made-up article about two countries that do not exist."""
