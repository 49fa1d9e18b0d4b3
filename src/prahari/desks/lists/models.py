"""Imported lists: what was sent, how its columns were understood, what became of each row.

Cells hold names and telephone numbers of private people: they are kept sealed (blocks.py), never as plain columns.
Rows of a list are counted in tens of thousands and written by one machine: their history is the list's.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.lists.choices import Decision, Lexicon, RowState, State

_LIST = list
"""Models that have a field called `list` cannot say so."""


@tracked(exclude=["edited_ms", "progress_done", "progress_total", "unknown"])
class ImportedList(models.Model):
    """A file as it was sent. `jurisdiction_path`, `agency_code`: whose it is (agency "": every agency's).
    `counts`: rows by RowState, and premises. `unknown`: words not found in the register, most frequent first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_name = models.CharField(max_length=200)
    sender = models.CharField(
        max_length=120, blank=True, help_text="Who sent it: a station, an officer, an association"
    )
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.BigIntegerField()
    kind = models.CharField(max_length=4)
    state = models.CharField(max_length=12, choices=State, default=State.READ)
    failure = models.JSONField(default=dict, blank=True)
    run = models.PositiveIntegerField(default=0, help_text="Grows with each new understanding; an older one gives up")
    counts = models.JSONField(default=dict)
    unknown = models.JSONField(default=list)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    jurisdiction_path = models.CharField(max_length=300, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    imported_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    committed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    understood_ms = models.BigIntegerField(null=True)
    committed_ms = models.BigIntegerField(null=True)
    undone_ms = models.BigIntegerField(null=True)
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-created_ms", "-id")
        indexes: ClassVar = [path_index("jurisdiction_path", "imported_list_area")]

    def __str__(self) -> str:
        return self.file_name


@tracked()
class ListSheet(models.Model):
    """A sheet of a list. `plan`: how it is understood (understanding.Plan): header rows, the field of each column,
    which are legacy text, what holds for all rows. `guesses`: the same as guessed, with confidence and samples."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list = models.ForeignKey(ImportedList, on_delete=models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    hidden = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(help_text="With anything in them")
    plan = models.JSONField(default=dict)
    guesses = models.JSONField(default=dict)
    remembered = models.BooleanField(default=False, help_text="The plan is as this sender's last list was corrected")

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("list", "position"), name="list_sheet_once")]

    def __str__(self) -> str:
        return self.name


class RowBlock(models.Model):
    """Some hundred rows of a sheet, sealed: `cells` as written, `understood` as the list's last run read them."""

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(ListSheet, on_delete=models.CASCADE, related_name="blocks")
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    cells = models.BinaryField()
    understood = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("sheet", "first_row"), name="row_block_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.first_row}"


class ListRow(models.Model):
    """What becomes of one row. `row`: its number in the sheet, from 1. `key`: the same for rows that say the same of
    the same premises, on whichever list. `head`: the row whose premises a further camera's row belongs to."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(ImportedList, on_delete=models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField()
    head_sheet = models.PositiveSmallIntegerField()
    head_row = models.PositiveIntegerField()
    state = models.CharField(max_length=6, choices=RowState)
    key = models.CharField(max_length=32, blank=True)
    problems = models.JSONField(default=_LIST, help_text="[[code, detail], ...]; of a row that is taken: notes")
    cameras = models.PositiveIntegerField(default=0)
    premises = models.ForeignKey("registry.Premises", null=True, on_delete=models.SET_NULL, related_name="list_rows")
    made = models.BooleanField(default=False, help_text="This row brought the premises into the register")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("list", "sheet", "row"), name="list_row_once")]
        indexes: ClassVar = [
            models.Index(fields=("list", "state", "sheet", "row"), name="list_row_by_state"),
            models.Index(fields=("list", "head_sheet", "head_row"), name="list_row_by_head"),
            models.Index(fields=("key",), name="list_row_key", condition=~models.Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}/{self.row}: {self.state}"


@tracked(exclude=["edited_ms"])
class DuplicateProposal(models.Model):
    """A row that may name premises known already: those of the register, or those of an earlier row of the list.
    score: 0 to 100. reasons: [[code, value], ...]."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list = models.ForeignKey(ImportedList, on_delete=models.CASCADE, related_name="duplicates")
    row = models.ForeignKey(ListRow, on_delete=models.CASCADE, related_name="duplicates")
    premises = models.ForeignKey("registry.Premises", null=True, on_delete=models.CASCADE, related_name="+")
    other_row = models.ForeignKey(ListRow, null=True, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=_LIST)
    decision = models.CharField(max_length=9, choices=Decision, default=Decision.OPEN, blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_ms = models.BigIntegerField(null=True)
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("-score", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("row", "premises", "other_row"), name="duplicate_once", nulls_distinct=False
            )
        ]
        indexes: ClassVar = [models.Index(fields=("decision", "-score", "id"), name="duplicate_queue")]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.score}"


@tracked()
class RememberedPlan(models.Model):
    """How a sender's lists with these headers were last corrected."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sender_key = models.CharField(max_length=200)
    signature = models.CharField(max_length=64, help_text="Hash of the headers, in order")
    plan = models.JSONField()
    used_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sender_key", "signature"), name="remembered_plan_once")
        ]

    def __str__(self) -> str:
        return self.sender_key


@tracked()
class Alias(models.Model):
    """What a person said a word of a list means: "Kalyanpr" is the police station up...kalyanpur.
    key: the word folded. value: path of a jurisdiction, or code. "" says: means nothing, leave it out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lexicon = models.CharField(max_length=16, choices=Lexicon)
    key = models.CharField(max_length=200)
    value = models.CharField(max_length=300, blank=True)
    created_ms = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "aliases"
        constraints: ClassVar = [models.UniqueConstraint(fields=("lexicon", "key"), name="alias_once")]

    def __str__(self) -> str:
        return f"{self.lexicon}: {self.key} = {self.value}"
