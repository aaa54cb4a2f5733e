"""Tests of single modules, by the packages of the code."""
