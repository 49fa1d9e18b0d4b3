"""The base of every shape that a desk takes or answers."""

from __future__ import annotations

from ninja import Schema

__all__ = ["Schema"]

# Shapes are made ready when they are first used, also those that ninja makes of them. There are over a thousand, and an
# answer is only described by its shape, not put through it: making all of them ready at the start took 16 MB and a
# second of every process. Safe with threads from pydantic 2.14 on.
Schema.model_config["defer_build"] = True
