"""Benchmarks: what the project costs in time, CPU and memory, each figure beside its goal."""
