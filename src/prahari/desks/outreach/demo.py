"""The outreach desk of the demonstration: made-up associations, a meeting, a campaign, letters, a visit, testimonials.

Safe to repeat: what is there is left as it is.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction

from prahari.contracts.city import City
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor, system
from prahari.desks.outreach import actions
from prahari.desks.outreach.models import Association, Letter, Testimonial
from prahari.desks.outreach.schemas import letters as ls
from prahari.desks.outreach.schemas import outreach as s
from prahari.desks.registry.models import Premises
from prahari.desks.registry.schemas import ContactIn

DAY = dt.timedelta(days=1)
KEYS = UUID("6d6f0f6e-8d0f-4a0a-9c53-7f2a8a0f1e11")
"""Keys of the demonstration's forms are made from this and a word, so that loading again enters nothing twice."""

# kind, English, Hindi, owner classes of its members, office bearer
ASSOCIATIONS = (
    ("traders", "Central Market Traders' Association (demo)", "केंद्रीय बाज़ार व्यापार मण्डल (प्रदर्शन)", ("shop",),
     "Ramesh Agarwal"),
    ("petrol_gas", "Petroleum Dealers' Association (demo)", "पेट्रोलियम डीलर संघ (प्रदर्शन)", ("petrol_pump",),
     "Kiran Bajpai"),
    ("industry", "Small Industries' Association (demo)", "लघु उद्योग संघ (प्रदर्शन)", ("industry",), "Vivek Nigam"),
    ("schools", "School Managers' Association (demo)", "विद्यालय प्रबंधक संघ (प्रदर्शन)", ("school",), "Sarita Pandey"),
)  # fmt: skip
WORDS = (
    "दुकान में चोरी के बाद रिकॉर्डिंग उसी शाम मिल गई, आरोपी दो दिन में पकड़ा गया। अब बाज़ार के दूसरे दुकानदार भी कैमरे जोड़ रहे हैं।",
    "हमारे पंप पर रात में झगड़ा हुआ, कंट्रोल सेंटर ने देखते ही पुलिस भेज दी। कैमरा जोड़ने से भरोसा बढ़ा है।",
)


def key(word: str) -> UUID:
    return uuid5(KEYS, word)


def load(city: City) -> None:
    actor = system("demo")
    place = next((area.path for area in city.areas if area.level == "city"), "")
    with transaction.atomic():
        found = _associations(actor, place)
        _meeting(actor, found)
        _campaigns(actor, place)
        _visit(actor, place)
        _letters(actor)
        _testimonials(actor)


def _of_classes(classes: tuple[str, ...], most: int) -> list[Premises]:
    return list(Premises.objects.filter(owner_class__code__in=classes).order_by("code", "id")[:most])


def _associations(actor: Actor, place: str) -> list[Association]:
    found = []
    for kind, en, hi, classes, bearer in ASSOCIATIONS:
        row = Association.objects.filter(name_en=en).first()
        if row is None:
            form = s.AssociationIn(
                kind=kind, name={"en": en, "hi": hi}, agency="police", jurisdiction=place,
                bearers=[ContactIn(name=bearer, role="President", mobile="9000000000")],
            )  # fmt: skip
            row = Association.objects.get(id=actions.create_association(actor=actor, form=form))
            members = [one.id for one in _of_classes(classes, 40)]
            if members:
                actions.add_members(actor=actor, association_id=row.id, premises_ids=members)
        found.append(row)
    return found


def _meeting(actor: Actor, associations: list[Association]) -> None:
    for at, row in enumerate(associations[:2]):
        members = list(row.members.order_by("premises__name_en", "id").values_list("premises_id", flat=True)[:5])
        answers = ("yes", "yes", "maybe", "maybe", "no")
        form = s.MeetingIn(
            key=key(f"meeting {row.name_en}"), held_on=local_day() - (21 - 9 * at) * DAY, place="Town hall",
            attended=64 - 20 * at, led_by="Insp. Anil Kumar (nodal officer)",
            leads=[s.LeadIn(premises=one, answer=said) for one, said in zip(members, answers, strict=False)],
        )  # fmt: skip
        actions.record_meeting(actor=actor, association_id=row.id, form=form)


def _campaigns(actor: Actor, place: str) -> None:
    today = local_day()
    for channel, en, hi, first, last, reach, how, rupees in (
        ("street_play", "The watching lane", "पहरेदार गली: नुक्कड़ नाटक", 14, 10, 3200, "heads counted", 48_000),
        ("social_media", "My camera, my city", "मेरा कैमरा, मेरा नगर", 30, 5, 184_000, "views by the platform", 125_000),
        ("film", "Two minutes for safety", "सुरक्षा के लिए दो मिनट", 24, 3, 26_000, "tickets of four cinemas", 210_000),
    ):  # fmt: skip
        form = s.CampaignIn(
            key=key(f"campaign {en}"), channel=channel, title={"en": en, "hi": hi}, first_day=today - first * DAY,
            last_day=today - last * DAY, agency="police", jurisdiction=place, reach=reach, reach_how=how,
            cost_paise=rupees * 100, owner_classes=["shop"] if channel == "street_play" else [],
        )  # fmt: skip
        actions.record_campaign(actor=actor, form=form)


def _visit(actor: Actor, place: str) -> None:
    form = s.RepresentativeVisitIn(
        key=key("visit"), visitor="A member of the assembly (demo)", office="Legislative Assembly", party=6,
        came_ms=now_ms() - 6 * 86_400_000, host="Divisional Commissioner", agency="police", jurisdiction=place,
        shown="Live junctions, call boxes, how consent is given and taken back",
        remarks="Traders of my constituency should see this.",
    )  # fmt: skip
    actions.record_visit(actor=actor, form=form)


def _letters(actor: Actor) -> None:
    run = key("letters")
    schools = _of_classes(("school", "lab"), 25)
    if schools and not Letter.objects.filter(run_id=run).exists():
        form = ls.LetterRunIn(
            run_id=run, template="install_cameras", premises=[one.id for one in schools],
            follow_up_on=local_day() + 10 * DAY,
        )  # fmt: skip
        actions.write_letters(actor=actor, form=form)


def _testimonials(actor: Actor) -> None:
    for at, (owner_class, words) in enumerate(zip(("shop", "petrol_pump"), WORDS, strict=True)):
        if Testimonial.objects.filter(key=key(f"testimonial {at}")).exists():
            continue
        for premises in _of_classes((owner_class,), 1):
            made = actions.receive_testimonial(
                actor=actor, premises_id=premises.id, speaker="A shopkeeper (demo)" if at == 0 else "A dealer (demo)",
                text=words, key=key(f"testimonial {at}"),
                consent={"uses": ["presentation", "meeting"], "how": "Demonstration: no such paper exists"},
            )  # fmt: skip
            if at == 0:
                row = Testimonial.objects.get(id=made)
                actions.review_testimonial(
                    actor=actor, testimonial_id=made, approve=True, note="", edited_ms=row.edited_ms
                )
