"""What people do with lists: send one, correct how it is understood, teach a word, take over, discard."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db import transaction

from prahari.contracts.events import now_ms
from prahari.core.text import fold
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.lists import blocks, planning, reading, rules, selectors, tasks, who
from prahari.desks.lists.choices import Lexicon, State
from prahari.desks.lists.models import Alias, ImportedList, ListRow, ListSheet, RememberedPlan, RowBlock
from prahari.desks.lists.planning import Plan
from prahari.desks.lists.schemas import AliasIn, SheetPlanIn
from prahari.desks.lists.vocabulary import Vocabulary, key_of
from prahari.desks.registry.models import Department, Premises

SAMPLE = 2 * planning.SAMPLE_ROWS


def take_in(*, actor: Actor, path: Path, file_name: str, sender: str = "", understand_now: bool = True) -> UUID:
    """Read a file and guess how it is to be understood; the rest goes on in the background.

    understand_now: queue that. Raises Problem 403, and 422 for a file that is not read (reading.SENTENCES).
    """
    where, agency = who.home_of(actor)
    size = path.stat().st_size
    limit = rules.value(rules.FILE_MB)
    if size > limit * 1_000_000:
        raise reading.refusal("too_large", str(limit))
    name = _plain_name(file_name)
    with action("list.take_in", actor=actor) as act:
        at = now_ms()
        one = ImportedList.objects.create(
            file_name=name, sender=sender, sha256=reading.sha256_of(path), size_bytes=size, kind="", run=1,
            jurisdiction_path=where, agency_code=agency, imported_by_id=actor.id, created_ms=at, edited_ms=at,
        )  # fmt: skip
        _read_sheets(one, path, actor)
        one.save()
        act.about("list", one.id, one.file_name, jurisdiction=where, agency=agency)
        act.details(sha256=one.sha256, size_bytes=size, sender=sender)
        if understand_now:
            act.after_commit(lambda: tasks.request(one.id))
    return one.id


def _plain_name(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[-200:] or "list"


def _read_sheets(one: ImportedList, path: Path, actor: Actor) -> None:
    vocabulary = Vocabulary()
    sheet: ListSheet | None = None
    sample: blocks.Rows = []
    sealed: list[RowBlock] = []

    def close() -> None:
        if sheet is None:
            return
        if not sheet.rows:
            sheet.delete()
            return
        RowBlock.objects.bulk_create(sealed, batch_size=200)
        sealed.clear()
        _guess(one, sheet, sample, vocabulary, actor)
        sheet.save()

    for message in reading.messages(path, one.file_name):
        if "kind" in message:
            one.kind = message["kind"]
        elif "sheet" in message:
            close()
            sample = []
            sheet = ListSheet.objects.create(
                list=one, position=message["sheet"], name=message["name"], hidden=message["hidden"], rows=0
            )
        elif "rows" in message and sheet is not None:
            rows = message["rows"]
            sheet.rows += len(rows)
            sample += rows[: max(0, SAMPLE - len(sample))]
            first = rows[0][0]
            sealed.append(
                RowBlock(sheet=sheet, first_row=first, last_row=rows[-1][0],
                         cells=blocks.seal(rows, sheet.id, first, "cells"))
            )  # fmt: skip
            if len(sealed) >= 200:
                RowBlock.objects.bulk_create(sealed)
                sealed.clear()
    close()


def _guess(one: ImportedList, sheet: ListSheet, sample: blocks.Rows, vocabulary: Vocabulary, actor: Actor) -> None:
    guessed = planning.guess([(number, cells) for number, cells in sample], sheet.name, one.file_name, vocabulary,
                             sheet.hidden)  # fmt: skip
    plan = guessed.plan
    _default_department(plan, actor)
    kept = RememberedPlan.objects.filter(
        sender_key=fold(one.sender)[:200], signature=planning.signature(guessed.headers)
    ).first()
    if kept is not None:
        remembered = Plan.of(kept.plan)
        plan.fields, plan.legacy = remembered.fields, remembered.legacy
        plan.defaults = {**plan.defaults, **remembered.defaults}
        plan.use = remembered.use and not sheet.hidden
        sheet.remembered = True
    sheet.plan, sheet.guesses = plan.as_json(), guessed.as_json()


def _default_department(plan: Plan, actor: Actor) -> None:
    """Where no column names the department: that of the actor's own agency which most premises in the register have."""
    if Lexicon.DEPARTMENT in plan.defaults or Lexicon.DEPARTMENT in plan.fields:
        return
    agencies = {agency for _, agency in actor.scope.areas(who.IMPORT) if agency}
    found = Department.objects.filter(active=True)
    if agencies:
        found = found.filter(agency__in=agencies)
    owner_class = plan.defaults.get(Lexicon.OWNER_CLASS)
    premises = Premises.objects.filter(department__in=found)
    if owner_class and premises.filter(owner_class__code=owner_class).exists():
        premises = premises.filter(owner_class__code=owner_class)
    most = selectors.most_frequent(premises, "department__code")
    if most is None:
        first = found.order_by("sort", "code").first()
        most = first.code if first is not None else None
    if most is not None:
        plan.defaults[Lexicon.DEPARTMENT] = most


def plan_sheet(*, actor: Actor, list_id: UUID, position: int, form: SheetPlanIn) -> None:
    """Correct how a sheet is understood, and remember it for the sender. The list is understood anew.

    Raises Problem 403, 404, 409 (changed meanwhile, or taken over already), 422.
    """
    with action("list.plan", actor=actor) as act:
        one = _editable(actor, list_id, form.edited_ms)
        sheet = ListSheet.objects.select_for_update().filter(list=one, position=position).first()
        if sheet is None:
            raise selectors.no_such_list()
        plan = _checked(form, Plan.of(sheet.plan), sheet)
        if plan.header_rows != Plan.of(sheet.plan).header_rows:
            sheet.guesses = {**sheet.guesses, "headers": selectors.headers_of(sheet, plan)}
        sheet.plan = plan.as_json()
        sheet.save()
        RememberedPlan.objects.update_or_create(
            sender_key=fold(one.sender)[:200],
            signature=planning.signature(sheet.guesses["headers"]),
            defaults={"plan": plan.as_json(), "used_ms": now_ms()},
        )
        _again(one)
        act.about("list", one.id, one.file_name, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        act.details(sheet=sheet.name, fields=plan.fields)


def _checked(form: SheetPlanIn, before: Plan, sheet: ListSheet) -> Plan:
    fields = list(before.fields)
    if form.fields is not None:
        if len(form.fields) != len(before.fields):
            raise invalid(fields=text("Give a field for each column.", "हर स्तम्भ के लिए एक फ़ील्ड दें।"))
        fields = list(form.fields)
    use = before.use if form.use is None else form.use
    if use and "name" not in fields:
        raise invalid(fields=text("Say which column names the premises.", "बताएँ कि प्रतिष्ठान का नाम किस स्तम्भ में है।"))
    legacy = list(before.legacy)
    if form.legacy is not None:
        legacy = [*form.legacy, *([False] * len(fields))][: len(fields)]
    defaults = before.defaults
    if form.defaults is not None:
        words = Vocabulary()
        for lexicon, value in form.defaults.items():
            if value and value not in words.known[lexicon]:
                raise invalid(defaults=text(f"There is no {value!r} in this list.", f"इस सूची में {value!r} नहीं है।"))
        defaults = {lexicon: value for lexicon, value in form.defaults.items() if value}
    rows = before.header_rows if form.header_rows is None else sorted(set(form.header_rows))
    return Plan(use, rows, fields, legacy, defaults)


def teach(*, actor: Actor, list_id: UUID, form: AliasIn) -> None:
    """Remember what a word of lists means; the list is understood anew. Raises Problem 403, 404, 409, 422."""
    with action("list.teach", actor=actor) as act:
        one = _editable(actor, list_id, form.edited_ms)
        key = key_of(form.text)
        if not key:
            raise invalid(text=text("There is no word to remember.", "याद रखने के लिए कोई शब्द नहीं है।"))
        if form.value and form.value not in Vocabulary().known[form.lexicon]:
            raise invalid(value=text("There is no such entry in the register.", "पंजिका में ऐसी प्रविष्टि नहीं है।"))
        Alias.objects.update_or_create(
            lexicon=form.lexicon, key=key, defaults={"value": form.value, "created_ms": now_ms()}
        )
        _again(one)
        act.about("list", one.id, one.file_name, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        act.details(lexicon=form.lexicon, text=form.text, value=form.value)


def start_commit(*, actor: Actor, list_id: UUID, edited_ms: int | None = None, queue: bool = True) -> None:
    """Take a list over; the work goes on in the background. Raises Problem 403, 404, 409."""
    with action("list.start_commit", actor=actor) as act:
        one = _editable(actor, list_id, edited_ms)
        if one.state != State.READY:
            raise conflict("not_ready", "The list is still being understood. Wait a moment.",
                           "सूची अभी समझी जा रही है। कुछ क्षण रुकें।")  # fmt: skip
        one.state, one.committed_by_id = State.COMMITTING, actor.id
        one.progress_done = one.progress_total = 0
        one.edited_ms = max(now_ms(), one.edited_ms + 1)
        one.save()
        act.about("list", one.id, one.file_name, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        if queue:
            act.after_commit(lambda: tasks.request(one.id))


def discard(*, actor: Actor, list_id: UUID, reason: str) -> None:
    """Remove a list that was not taken over. Raises Problem 403, 404, 409."""
    with action("list.discard", actor=actor, reason=reason) as act:
        one = _editable(actor, list_id, None)
        act.about("list", one.id, one.file_name, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        ListRow.objects.filter(list=one).delete()
        RowBlock.objects.filter(sheet__list=one).delete()
        one.delete()


def fail(list_id: UUID, run: int, problem: Problem) -> None:
    """The list could not be understood or taken over: say so on its page."""
    ImportedList.objects.filter(id=list_id, run=run).exclude(state=State.COMMITTED).update(
        state=State.FAILED, failure=problem.message, edited_ms=now_ms()
    )


def _editable(actor: Actor, list_id: UUID, edited_ms: int | None) -> ImportedList:
    selectors.one_list(actor, list_id)
    one = ImportedList.objects.select_for_update().get(id=list_id)
    if one.state not in (State.READ, State.READY, State.FAILED):
        raise conflict("taken_over", "This list is taken over already.", "यह सूची पहले ही अपनाई जा चुकी है।")
    if edited_ms is not None and edited_ms != one.edited_ms and one.state == State.READY:
        raise conflict("edited_meanwhile", "This list was changed meanwhile. Look at it again, then go on.",
                       "यह सूची इस बीच बदल गई है। फिर से देखें, तब आगे बढ़ें।")  # fmt: skip
    return one


def _again(one: ImportedList) -> None:
    one.run += 1
    one.state = State.READ
    one.edited_ms = max(now_ms(), one.edited_ms + 1)
    one.save()
    transaction.on_commit(lambda: tasks.request(one.id))
