"""Words that the lists desk decides by."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """Where an imported list stands."""

    READ = "read", "Read: being understood"
    READY = "ready", "Understood: waits to be taken over"
    COMMITTING = "committing", "Being taken over"
    COMMITTED = "committed", "Taken over"
    UNDONE = "undone", "Taken back"
    FAILED = "failed", "Not understood"


class RowState(TextChoices):
    """What becomes of a row."""

    NEW = "new", "New premises"
    MORE = "more", "A further camera of a row before"
    SAME = "same", "Known already, just the same"
    DECIDE = "decide", "Perhaps known: a person decides"
    BAD = "bad", "Cannot be taken"


class Decision(TextChoices):
    OPEN = "", "Open"
    SAME = "same", "The same premises"
    DIFFERENT = "different", "Different premises"
    LATER = "later", "Later"


class Lexicon(TextChoices):
    """Lists of the register that words of a list are looked up in."""

    POLICE_STATION = "police_station", "Police station"
    POLICE_POST = "police_post", "Police post"
    WARD = "ward", "Ward"
    OWNER_CLASS = "owner_class", "Owner class"
    DEPARTMENT = "department", "Department"
