"""Unit tests of app.resources."""
