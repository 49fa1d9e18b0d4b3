"""Desks: Django apps, one a kind of work. Data, rules of work and API; never a socket of a camera."""
