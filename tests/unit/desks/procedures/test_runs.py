"""Procedures at work: ticked by several at once, branched, late, done automatically exactly once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

import incidents_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.errors import Problem, conflict, text
from prahari.desks.incidents.models import NEVER_MS, Incident, IncidentAgency, TimelineEntry
from prahari.desks.procedures import automatic, performing, running
from prahari.desks.procedures import schemas as s
from prahari.desks.procedures.library.writing import YES_NO, by_itself, choose, confirm, timer, write
from prahari.desks.procedures.models import Procedure, ProcedureRun, ProcedureVersion, RunStep
from scope import World

API = "/api/v1"
pytestmark = pytest.mark.django_db


def published(*of: Any, code: str = "test") -> Procedure:
    made, _ = Procedure.objects.get_or_create(code=code, defaults={"name_en": "Test", "name_hi": "परीक्षण"})
    ProcedureVersion.objects.create(procedure=made, number=1, state="published", steps=list(of), created_ms=1,
                                    edited_ms=1)  # fmt: skip
    return made


SIMPLE = (
    choose("hurt", ("Somebody hurt?", "कोई घायल?"), YES_NO, limit_s=60),
    confirm("ambulance", ("Ambulance", "एम्बुलेंस"), when=("hurt", "yes")),
    write("note", ("What else", "और क्या"), required=False),
)


def started(world: World, *of: Any, **more: Any) -> ProcedureRun:
    published(*(of or SIMPLE))
    made = rig.opened(world, kind="other", **more)
    return running.start(actor=world.system, incident_id=made.id, form=s.RunIn(procedure="test"))


def row(run: ProcedureRun, step: str) -> RunStep:
    return RunStep.objects.get(run=run, step=step)


def do(world: World, run: ProcedureRun, step: str, value: Any = None) -> None:
    form = s.StepDone(version=row(run, step).version, value=value)
    running.do(actor=world.system, run_id=run.id, step=step, form=form)


def said(run: ProcedureRun, kind: str) -> list[str]:
    found = TimelineEntry.objects.filter(incident=run.incident, kind=kind).order_by("id")
    return [one.said["en"] for one in found]


def client_of(world: World, **more: Any) -> Client:
    return world.browser(rig.worker(world, **more))


def ask(client: Client, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    content = b"" if body is None else msgspec.json.encode(body)
    answer = client.generic(method, API + path, content, content_type="application/json")
    assert answer.status_code == status, answer.content[:500].decode()
    return answer.json()


# Runs


def test_an_incident_begins_with_the_procedure_of_its_kind(world: World) -> None:
    client = client_of(world)
    made = ask(client, "POST", "/incidents", rig.form(kind="women_safety"), 201)
    [run] = ask(client, "GET", f"/incidents/{made['id']}/runs")["items"]
    assert (run["procedure"], run["number"], run["state"], run["next"]) == ("women_safety", 1, "running", "line")
    assert run["may_work"] and made["open_items"][0]["en"] == "Stay on the line with her"
    assert run["steps"][0]["due_ms"] == run["steps"][0]["ready_ms"] + 20_000


def test_a_run_goes_where_the_answers_lead_and_ends(world: World) -> None:
    run = started(world)
    assert row(run, "ambulance").ready_ms is None
    do(world, run, "hurt", "yes")
    assert row(run, "ambulance").ready_ms is not None
    do(world, run, "ambulance")
    do(world, run, "note", "The road is wet")
    run.refresh_from_db()
    assert run.state == "finished" and run.ended_ms
    assert said(run, "procedure.step_done") == [
        "Done: Somebody hurt?: Yes", "Done: Ambulance.", "Done: What else: The road is wet"
    ]  # fmt: skip
    running.undo(actor=world.system, run_id=run.id, step="note", form=s.StepSeen(version=2))
    run.refresh_from_db()
    assert run.state == "running"


def test_a_required_step_is_skipped_with_a_reason_only(world: World) -> None:
    client, run = client_of(world), started(world)
    path = f"/procedure-runs/{run.id}/steps"
    assert "reason" in ask(client, "POST", f"{path}/hurt/skip", {"version": 1}, 422)["fields"]
    ask(client, "POST", f"{path}/hurt/skip", {"version": 1, "reason": "Nobody answers"})
    ask(client, "POST", f"{path}/note/skip", {"version": 1})
    run.refresh_from_db()
    assert run.state == "finished"  # the branch is not needed then


def test_what_is_not_to_be_done_now_is_refused(world: World) -> None:
    client, run = client_of(world), started(world)
    path = f"/procedure-runs/{run.id}/steps"
    assert ask(client, "POST", f"{path}/ambulance/do", {"version": 1}, 409)["code"] == "not_now"
    ask(client, "POST", f"{path}/nothing/do", {"version": 1}, 404)
    assert "value" in ask(client, "POST", f"{path}/hurt/do", {"version": 1, "value": "maybe"}, 422)["fields"]
    ask(client, "POST", f"{path}/hurt/do", {"version": 1, "value": "no"})
    refused = ask(client, "POST", f"{path}/hurt/do", {"version": 1, "value": "yes"}, 409)
    assert refused["code"] == "changed"
    assert refused["present"]["steps"][0]["value"] == "no"


def test_every_agency_that_takes_part_works_on_the_same_run(world: World) -> None:
    run = started(world, agencies=["traffic"])
    traffic, stranger = client_of(world, agency="traffic"), client_of(world, agency="municipal")
    ask(traffic, "POST", f"/procedure-runs/{run.id}/steps/hurt/do", {"version": 1, "value": "no"})
    ask(stranger, "POST", f"/procedure-runs/{run.id}/steps/note/do", {"version": 1, "value": "x"}, 404)
    ask(stranger, "GET", f"/incidents/{run.incident_id}/runs", status=404)


def test_a_run_keeps_its_version(world: World) -> None:
    run = started(world)
    chief = world.client("procedure.edit", "incident.view", at="", agency=None)
    ask(chief, "POST", "/procedures/test/draft")
    detail = ask(chief, "PUT", "/procedures/test/draft", {"version": 1, "steps": [confirm("only", ("Only", "केवल"))]})
    assert detail["in_work"]["problems"] == []
    now = ask(chief, "POST", "/procedures/test/draft/publish", {"version": 2, "reason": "Shorter"})
    assert [(one["number"], one["state"]) for one in now["versions"]] == [(2, "published"), (1, "superseded")]
    [kept] = ask(chief, "GET", f"/incidents/{run.incident_id}/runs")["items"]
    assert (kept["number"], len(kept["steps"])) == (1, 3)
    assert len(ask(chief, "GET", "/procedures/test/versions/1")["steps"]) == 3


def test_an_unfinished_draft_is_kept_but_not_published(world: World) -> None:
    chief = world.client("procedure.edit", "incident.view", at="", agency=None)
    made = ask(chief, "POST", "/procedures", {"code": "gas_leak", "name": {"en": "Gas leak", "hi": "गैस रिसाव"}}, 201)
    assert made["in_work"]["problems"][0]["field"] == "steps"
    half = confirm("a", ("Only English", ""))
    saved = ask(chief, "PUT", "/procedures/gas_leak/draft", {"version": 1, "steps": [half]})
    assert saved["in_work"]["problems"] == [
        {
            "step": "a",
            "field": "title",
            "text": {"en": "Needed in Hindi and in English.", "hi": "हिन्दी और अंग्रेज़ी दोनों में आवश्यक।"},
        }
    ]
    refused = ask(chief, "POST", "/procedures/gas_leak/draft/publish", {"version": 2, "reason": "Now"}, 422)
    assert list(refused["fields"]) == ["a.title"]
    other = ask(chief, "PUT", "/procedures/gas_leak/draft", {"version": 1, "steps": []}, 409)
    assert other["present"]["in_work"]["version"] == 2
    gone = ask(chief, "POST", "/procedures/gas_leak/draft/discard", {"version": 2, "reason": "Not needed"})
    assert gone["in_work"] is None and gone["versions"] == []


def test_closing_with_steps_open_asks_why(world: World) -> None:
    client = client_of(world)
    made = ask(client, "POST", "/incidents", rig.form(kind="women_safety", take=True), 201)
    path = f"/incidents/{made['id']}"
    done = ask(client, "POST", f"{path}/resolve", {"version": made["version"], "note": "Safe at home"})
    assert "reason" in ask(client, "POST", f"{path}/close", {"version": done["version"]}, 422)["fields"]
    ask(client, "POST", f"{path}/close", {"version": done["version"], "reason": "Done by telephone"})
    [run] = ask(client, "GET", f"{path}/runs")["items"]
    assert not run["may_work"]
    ask(client, "POST", f"/procedure-runs/{run['id']}/steps/line/do", {"version": 1}, 409)


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_report_tells_of_the_run(world: World, language: str) -> None:
    run = started(world)
    do(world, run, "hurt", "yes")
    answer = client_of(world).get(f"{API}/incidents/{run.incident_id}/report?language={language}")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


# Time


def test_late_steps_and_timers_are_said_once(world: World) -> None:
    run = started(world, *SIMPLE, timer("wait", ("Ask again", "फिर पूछें"), 180, required=False))
    due = row(run, "hurt").next_ms
    assert due == row(run, "hurt").ready_ms + 60_000
    assert [performing.sweep(due - 1), performing.sweep(due), performing.sweep(due + 1)] == [0, 1, 0]
    assert said(run, "procedure.step_late") == ["Time for this step has run out: Somebody hurt?."]
    running.begin(actor=world.system, run_id=run.id, step="wait", form=s.StepSeen(version=1))
    over = row(run, "wait").next_ms
    assert performing.sweep(over) == 1
    assert said(run, "procedure.timer_over") == ["Timer is over: Ask again."]
    running.begin(actor=world.system, run_id=run.id, step="wait", form=s.StepSeen(version=2))  # once more
    assert row(run, "wait").next_ms > now_ms()
    do(world, run, "wait")
    assert row(run, "wait").next_ms == NEVER_MS


# Automatic


AUTOMATIC = (by_itself("traffic", ("Bring them in", "उन्हें बुलाएँ"), "ask_agency", values={"agency": "traffic"}),
             confirm("ok", ("All right", "ठीक")))  # fmt: skip


def test_an_automatic_step_is_done_as_the_centre_and_audited(world: World) -> None:
    run = started(world, *AUTOMATIC)
    step = row(run, "traffic")
    assert (step.automatic, step.state) == ("queued", "open")
    assert performing.perform(step.id)
    assert not performing.perform(step.id)  # the task came twice
    step.refresh_from_db()
    assert (step.automatic, step.state, step.by_name) == ("done", "done", "")
    assert step.outcome == {"en": "Traffic police takes part now.", "hi": "यातायात पुलिस अब सहभागी है।"}
    assert IncidentAgency.objects.filter(incident=run.incident, agency_code="traffic").count() == 1
    entry = AuditEntry.objects.get(action="procedure.automatic")
    assert entry.actor_id is None and entry.details["does"] == "ask_agency"
    with pytest.raises(Problem) as refused:
        running.undo(actor=world.system, run_id=run.id, step="traffic", form=s.StepSeen(version=step.version))
    assert refused.value.code == "done_automatically"


def test_what_nobody_does_here_yet_is_said_and_done_by_hand(world: World) -> None:
    assert not automatic.available("page_zone")
    run = started(world, by_itself("page", ("Announce", "उद्घोषणा"), "page_zone"), confirm("ok", ("All right", "ठीक")))
    step = row(run, "page")
    assert step.automatic == "unavailable" and step.outcome and "by hand" in step.outcome["en"]
    do(world, run, "page")
    step.refresh_from_db()
    assert (step.state, step.automatic) == ("done", "by_hand")
    assert said(run, "procedure.step_done") == ["Done: Announce (by hand)."]


@pytest.fixture
def screen() -> Iterator[list[str]]:
    """A room that registers itself, as the wall will."""
    calls: list[str] = []

    def show(*, actor: Any, incident: Incident, values: Any, key: str) -> Any:
        calls.append(key)
        if values.get("screen") == "broken":
            raise conflict("broken", "Screen 3 does not answer.", "स्क्रीन 3 उत्तर नहीं दे रही।")
        if values.get("screen") == "fault":
            raise ZeroDivisionError
        return text("On screen 1.", "स्क्रीन 1 पर।")

    before = automatic.of("show_on_wall")
    assert before is not None
    automatic.register("show_on_wall", show, "Show", "दिखाएँ")
    yield calls
    automatic._known["show_on_wall"] = before


@pytest.mark.parametrize(
    ("value", "words"), [("broken", "Screen 3 does not answer."), ("fault", "A fault of the system")]
)
def test_what_fails_is_shown_and_can_be_tried_again(world: World, screen: list[str], value: str, words: str) -> None:
    run = started(world, by_itself("show", ("Show", "दिखाएँ"), "show_on_wall", values={"screen": value}))
    step = row(run, "show")
    assert not performing.perform(step.id)
    step.refresh_from_db()
    assert step.automatic == "failed" and step.outcome and step.outcome["en"].startswith(words)
    running.begin(actor=world.system, run_id=run.id, step="show", form=s.StepSeen(version=step.version))
    performing.perform(step.id)
    assert len(screen) == 2 and len(set(screen)) == 1  # the same key: whoever is called knows it for the same


def test_a_step_whose_task_was_lost_is_done_by_the_sweep(world: World, screen: list[str]) -> None:
    run = started(world, by_itself("show", ("Show", "दिखाएँ"), "show_on_wall"))
    assert performing.sweep(now_ms()) == 0  # its task may yet come
    assert performing.sweep(now_ms() + 6_000) == 1
    assert row(run, "show").state == "done" and len(screen) == 1


def test_started_by_hand_it_waits_for_somebody(world: World, screen: list[str]) -> None:
    run = started(world, by_itself("show", ("Show", "दिखाएँ"), "show_on_wall", at_once=False))
    assert row(run, "show").automatic == ""
    running.begin(actor=world.system, run_id=run.id, step="show", form=s.StepSeen(version=1))
    assert row(run, "show").automatic == "queued"


# At once


@pytest.fixture
def committed_world(transactional_world: World) -> World:
    import_module("prahari.desks.incidents.migrations.0002_seeds").fill(apps, None)
    return transactional_world


def side_by_side(*calls: Any) -> list[Any]:
    results: list[Any] = []
    together = threading.Barrier(len(calls))

    def work(call: Any) -> None:
        together.wait()
        try:
            results.append(call())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_several_tick_different_steps_at_once(committed_world: World) -> None:
    of = [confirm(f"s{number}", (f"Step {number}", f"चरण {number}")) for number in range(6)]
    run = started(committed_world, *of)
    results = side_by_side(*(lambda step=one["id"]: do(committed_world, run, step) for one in of))
    assert results == [None] * 6
    run.refresh_from_db()
    assert run.state == "finished" and len(said(run, "procedure.step_done")) == 6


def test_of_two_who_answer_the_same_step_one_is_shown_the_others_answer(committed_world: World) -> None:
    run = started(committed_world)
    forms = [s.StepDone(version=1, value=value) for value in ("yes", "no")]
    results = side_by_side(*(
        lambda form=form: running.do(actor=committed_world.system, run_id=run.id, step="hurt", form=form)
        for form in forms
    ))  # fmt: skip
    assert sorted(getattr(one, "code", "done") for one in results) == ["changed", "done"]


def test_performed_by_several_processes_while_people_tick_it_happens_once(committed_world: World) -> None:
    run = started(committed_world, *AUTOMATIC)
    step = row(run, "traffic")
    done = side_by_side(*([lambda: performing.perform(step.id)] * 3), lambda: do(committed_world, run, "ok"))
    assert sorted(map(str, done)) == ["False", "False", "None", "True"]
    assert TimelineEntry.objects.filter(kind="agency_added").count() == 1
    run.refresh_from_db()
    assert run.state == "finished"


def test_the_same_procedure_runs_once_on_an_incident(world: World) -> None:
    run = started(world)
    client = client_of(world)
    refused = ask(client, "POST", f"/incidents/{run.incident_id}/runs", {"procedure": "test"}, 409)
    assert refused["code"] == "runs"
    ask(client, "POST", f"/procedure-runs/{run.id}/stop", {"reason": "Does not fit"})
    ask(client, "POST", f"/incidents/{run.incident_id}/runs", {"procedure": "test"}, 201)
    ask(client, "POST", f"/incidents/{run.incident_id}/runs", {"procedure": "nothing"}, 404)
    ask(client, "GET", f"/incidents/{uuid.uuid4()}/runs", status=404)
