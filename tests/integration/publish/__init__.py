"""Tests of loads: the tables have the loaded content, also after faults."""
