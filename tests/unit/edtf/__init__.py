"""Unit tests of app.edtf."""
