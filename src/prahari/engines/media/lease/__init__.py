"""Whose a camera is where there are several machines: the worker's lease, and what it may do while it holds it."""
