"""Benchmarks: the cost of the project in time, CPU and memory, compared with goals."""
