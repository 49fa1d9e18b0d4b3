"""How passwords are kept, and the ones that the centre makes up."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import Argon2PasswordHasher

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class Argon2(Argon2PasswordHasher):
    """Argon2id with 64 MiB and one lane: about 100 ms of one core, and a burst of sign-ins does not fill the memory."""

    time_cost = 2
    memory_cost = 65_536
    parallelism = 1


def one_time() -> str:
    """A password to be changed at the first sign-in: 78 bits, in groups that can be read out on the telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
