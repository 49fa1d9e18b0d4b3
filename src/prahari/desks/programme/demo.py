"""The programme desk of the demonstration: made-up officers, tasks in every state, the order register, one matter that
was said one level up. Safe to repeat. What the order says is told in words of our own; its days are moved to now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from prahari.contracts.city import City
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts import actions as accounts
from prahari.desks.accounts.models import Jurisdiction, User
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor, system
from prahari.desks.linking.models import Linkage
from prahari.desks.programme import clause_figures, escalation, officers, tasks_actions
from prahari.desks.programme.choices import STANDING
from prahari.desks.programme.models import Appointment, Clause, ClauseRemark, GovernmentOrder, Holiday, Task
from prahari.desks.registry.models import Department

NUMBER, DATED = "1684/9-9-2023", dt.date(2023, 8, 25)
BEGUN_DAYS, LEFT_DAYS = 40, 24
"""Demonstration: officers were appointed so many days ago, and the order's deadline lies so many days ahead."""

# username, name (only where the account has to be made), office, rank, level of the area, agency, department
PEOPLE = (
    ("commissioner", "", "divisional_commissioner", "divisional_commissioner", "division", None, None),
    ("nodal", "", "nodal_officer", "additional_sp", "district", None, None),
    ("zone", "", "zone_officer", "additional_sp", "zone", "police", None),
    ("station", "Insp. Kavita Rawat", "station_officer", "inspector", "police_station", "police", None),
    ("excise", "Suresh Nigam (Excise)", "excise_officer", "district_excise_officer", "district", None, "excise"),
    ("bsa", "Anita Dixit (BSA)", "bsa", "bsa", "district", None, "education"),
    ("dios", "Mohan Katiyar (DIOS)", "dios", "dios", "district", None, "education"),
)

Figure = dict[str, Any]
# Point, Hindi, English, office, figures in order of liking (the first that this centre counts is taken)
POINTS: tuple[tuple[str, str, str, str, tuple[Figure, ...]], ...] = (
    (
        "1",
        "पुलिस सूची के कैमरों को थानों के माध्यम से लिंक कराना; अपर पुलिस अधीक्षक से अन्यून नोडल अधिकारी द्वारा प्रतिदिन समीक्षा।",
        "Link the cameras of the police lists through the police stations; a nodal officer of at least Additional SP "
        "reviews the work every day.",
        "nodal_officer",
        ({"figure": "nodal_officers_appointed"},),
    ),
    (
        "2",
        "सभी आबकारी दुकानों के कैमरे (प्रवेश, निकास, सार्वजनिक स्थान) जिला आबकारी अधिकारी के माध्यम से लिंक कराना।",
        "Link the cameras of every excise shop, at entry, exit and public areas, through the District Excise Officer.",
        "excise_officer",
        ({"figure": "verified", "owner_class": ["liquor_shop"]},),
    ),
    (
        "3",
        "विश्वविद्यालय, कॉलेज, स्कूल, कोचिंग एवं ट्यूशन की सूची बीएसए/डीआईओएस से; कैमरे लिंक करना, "
        "जहाँ न हों वहाँ स्वयं के व्यय पर लगवाने को प्रोत्साहित करना।",
        "Lists of universities, colleges, schools, coaching and tuition through BSA and DIOS; link their cameras, and "
        "encourage those without to install at their own expense.",
        "dios",
        ({"figure": "verified", "owner_class": ["school", "college", "coaching"]},),
    ),
    (
        "4",
        "भीड़-भाड़ वाले स्थलों (बस, रेलवे, टैक्सी, मॉल, सिनेमा, प्रदर्शनी, सांस्कृतिक व धार्मिक स्थल) के कैमरे लिंक कराना।",
        "Link the cameras of crowded places: bus, railway and taxi stands, malls, cinemas, exhibitions, cultural and "
        "religious places.",
        "municipal_commissioner",
        ({"figure": "verified", "place_class": ["bus_station", "railway_station", "mall", "market", "religious"]},),
    ),
    (
        "5",
        "उद्योग, मेडिकल, अस्पताल, पेट्रोल-गैस, आवासीय व अन्य संघों के साथ बैठक; प्रवेश व निकास के कैमरे लिंक करना।",
        "Meet the associations of industry, medical trade, hospitals, petrol and gas, residents and others; link the "
        "cameras at entry and exit.",
        "nodal_officer",
        (
            {"figure": "associations_met"},
            {
                "figure": "verified",
                "owner_class": ["industry", "hospital", "petrol_pump", "medical_store", "residential"],
            },
        ),
    ),
    (
        "6",
        "सभी हितधारकों को बैठकों में बताना कि लिंक कैमरे उनकी सुरक्षा करते हैं और साक्ष्य संकलन सरल बनाते हैं।",
        "Tell all concerned, in meetings, that linked cameras protect them and make gathering evidence easier.",
        "nodal_officer",
        ({"figure": "premises_asked"},),
    ),
    (
        "7",
        "सोशल मीडिया, वीडियो फिल्म, बैठक एवं नुक्कड़ नाटक द्वारा जन-जागरूकता।",
        "Make it known by social media, films, meetings and street plays.",
        "municipal_commissioner",
        ({"figure": "campaigns_held"},),
    ),
    (
        "8",
        "जन-प्रतिनिधियों को कमांड सेंटर में आमंत्रित कर प्रस्तुतीकरण द्वारा लाभ बताना।",
        "Invite public representatives to the command centre and show them the benefits.",
        "divisional_commissioner",
        ({"figure": "representatives_shown"},),
    ),
    (
        "9",
        "कैमरा जुड़ने पर स्वामी की पुष्टि एवं वीडियो प्रशंसापत्र लेना; नगर निगम तथा केंद्र में सुरक्षित रखना।",
        "Have the owner confirm once connected, take a video testimonial, and keep it at the municipal corporation and "
        "the centre.",
        "municipal_commissioner",
        ({"figure": "confirmed"},),
    ),
)

# point, kind, title en, title hi, state, days to its due day, priority, office
TASKS: tuple[tuple[str, str, str, str, str, int | None, str, str | None], ...] = (
    ("", "visit", "Ask the shops beside the bus stand",
     "बस स्टैण्ड के पास की दुकानों से सम्पर्क", "open", 3, "high", None),
    ("", "survey", "Survey the bank on the main road", "मुख्य मार्ग के बैंक का सर्वेक्षण", "open", 1, "normal", None),
    ("", "repair", "Get the camera at the crossing live again",
     "चौराहे का कैमरा पुनः चालू कराएँ", "in_progress", 2, "high", None),
    ("", "visit", "Ask the petrol pump again", "पेट्रोल पंप से पुनः सम्पर्क", "open", -2, "normal", None),
    ("", "connect", "Connect the school's recorder", "विद्यालय का रिकॉर्डर लिंक करें", "done", None, "normal", None),
    ("", "letter", "Letter to the hotel association", "होटल संघ को पत्र", "cancelled", None, "low", None),
    ("1", "clause", "Send the list of every police station",
     "प्रत्येक थाने की सूची भेजें", "done", None, "high", "nodal_officer"),
    ("1", "clause", "Daily review at six in the evening", "प्रतिदिन सायं छह बजे समीक्षा", "in_progress", 20, "normal",
     "nodal_officer"),
    ("2", "clause", "List of all excise shops with cameras",
     "कैमरों सहित सभी आबकारी दुकानों की सूची", "in_progress", 5, "high",
     "excise_officer"),
    ("3", "clause", "Letters to coaching institutes without cameras",
     "बिना कैमरे वाले कोचिंग संस्थानों को पत्र", "open", 9,
     "normal", "dios"),
    ("7", "clause", "Street play at three crossings",
     "तीन चौराहों पर नुक्कड़ नाटक", "open", 12, "normal", "municipal_commissioner"),
    ("8", "clause", "Invite the representatives of the city",
     "नगर के जन-प्रतिनिधियों को आमंत्रण", "done", None, "normal",
     "divisional_commissioner"),
)  # fmt: skip


def load(city: City) -> None:
    """Lay it out where it is not there yet."""
    actor = system("demo")
    paths = {area.level: area.path for area in reversed(city.areas)}  # the first of each level
    with transaction.atomic():
        _people(actor, paths)
        order = _order(actor, paths["district"])
        _tasks(actor, order, paths)
        _matter(actor, paths)
        year = local_day().year
        Holiday.objects.get_or_create(
            day=dt.date(year + 1, 1, 26), defaults={"name_en": "Republic Day", "name_hi": "गणतंत्र दिवस"}
        )


def _people(actor: Actor, paths: dict[str, str]) -> None:
    for username, name, office, rank, level, agency, department in PEOPLE:
        path = paths[level]
        user = User.objects.filter(username=username).first()
        if user is None and name:
            user, _ = accounts.create_user(
                actor=actor, username=username, name=name, jurisdiction=path, agency=agency, reason="Demonstration"
            )
            role = "nodal_officer" if office != "station_officer" else "constable"
            accounts.give_role(
                actor=actor, user_id=user.pk, role=role, jurisdiction=path, agency=agency, reason="Demonstration"
            )
        if user is None or Appointment.objects.filter(person=user, office_id=office).exists():
            continue
        with action("officer.appoint", actor=actor, reason="Demonstration") as act:
            row = Appointment(person=user, office_id=office, rank_id=rank, agency_id=agency)
            row.jurisdiction = Jurisdiction.objects.get(path=path)
            row.department = Department.objects.filter(code=department).first()
            row.designation_en, row.designation_hi = row.office.name_en, row.office.name_hi
            row.from_day = local_day() - dt.timedelta(days=BEGUN_DAYS)
            row.order_reference = f"DEMO/OFFICERS/{local_day().year}"
            row.created_ms = row.edited_ms = now_ms()
            row.save(force_insert=True)
            act.about("appointment", row.id, user.name, jurisdiction=path, agency=agency or "")


def _order(actor: Actor, path: str) -> GovernmentOrder:
    known = GovernmentOrder.objects.filter(number=NUMBER, dated_on=DATED).first()
    if known is not None:
        return known
    figures = clause_figures.known()
    with action("government_order.enter", actor=actor, reason="Demonstration") as act:
        now = now_ms()
        order = GovernmentOrder.objects.create(
            number=NUMBER, dated_on=DATED, sender_en="Government of Uttar Pradesh, Urban Development Section 9",
            sender_hi="उत्तर प्रदेश शासन, नगर विकास अनुभाग-9", subject_en="Carrying out the Safe City project",
            subject_hi="सेफ सिटी परियोजना का क्रियान्वयन", deadline=local_day() + dt.timedelta(days=LEFT_DAYS),
            jurisdiction=Jurisdiction.objects.get(path=path), created_ms=now, edited_ms=now,
        )  # fmt: skip
        for sort, (number, hi, en, office, wishes) in enumerate(POINTS):
            Clause.objects.create(
                order=order, number=number, sort=sort, text_hi=hi, summary_en=en, office_id=office, edited_ms=now,
                figure=next((wish for wish in wishes if wish["figure"] in figures), {}),
            )  # fmt: skip
        ClauseRemark.objects.create(
            clause=order.clauses.get(number="1"), name=actor.name, at_ms=now,
            text="Demonstration: the deadline of 20 September 2023 has been moved to this month.",
        )  # fmt: skip
        act.about("government order", order.id, order.number, jurisdiction=path)
    return order


def _tasks(actor: Actor, order: GovernmentOrder, paths: dict[str, str]) -> None:
    station = paths["police_station"]
    today = local_day()
    clauses = {row.number: row for row in order.clauses.all()}
    houses = iter(
        Linkage.objects.filter(premises__jurisdiction__path__startswith=station)
        .order_by("id")
        .values_list("premises_id", "premises__agency_id")[: len(TASKS)]
    )
    constable = User.objects.filter(username="constable").first()
    for number, (point, kind, en, hi, state, days, priority, office) in enumerate(TASKS):
        about = ("demonstration", str(number))
        if Task.objects.filter(about_type=about[0], about_id=about[1]).exists():
            continue
        premises_id, agency = next(houses, (None, "police")) if not point else (None, "")
        with action("task.create", actor=actor, reason="Demonstration") as act:
            now = now_ms()
            task = Task.objects.create(
                kind=kind, title_en=en, title_hi=hi, priority=priority, state=state, office_id=office,
                due_day=None if days is None else today + dt.timedelta(days=days),
                jurisdiction_path=paths["district"] if point else station, agency_code=agency,
                person=constable if number in (1, 2) else None, premises_id=premises_id, clause=clauses.get(point),
                about_type=about[0], about_id=about[1], created_ms=now, edited_ms=now,
                closed_ms=None if state in STANDING else now,
            )  # fmt: skip
            if number == 0:
                tasks_actions.checklist(task, ["Explain the benefit", "Photograph of the form", "Mobile of the owner"])
            act.about("task", task.id, en, jurisdiction=task.jurisdiction_path, agency=agency)


def _matter(actor: Actor, paths: dict[str, str]) -> None:
    """A report that did not come, with the Divisional Commissioner."""
    nodal = next(iter(officers.for_area(paths["district"], "", "nodal_officer")), None)
    if nodal is None:
        return
    day = local_day() - dt.timedelta(days=1)
    if not Appointment.objects.filter(id=nodal.id, from_day__lte=day).exists():
        return
    escalation.raise_(
        kind="report_missing", key="demonstration:report", jurisdiction=paths["district"], agency="",
        about_type="report", about_id="demonstration", below=nodal, since=day, actor=actor,
        text_en="The daily progress report of yesterday was not signed",
        text_hi="कल की दैनिक प्रगति आख्या प्रमाणित नहीं हुई",
    )  # fmt: skip
