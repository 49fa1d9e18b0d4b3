"""The demonstration's outreach: the same when loaded again."""

from __future__ import annotations

import registry_rig
from prahari.contracts.city import Area, City, Name
from prahari.desks.outreach import demo, models
from scope import World

CITY = City(
    code="kanpur", name=Name("Kanpur", "कानपुर"), centre=(80.33, 26.45), bounds=(80.1, 26.3, 80.5, 26.6),
    areas=[Area(path=World.CITY, level="city", name=Name("Kanpur", "कानपुर"))], departments=[], premises=[],
    cameras=[], basemap={},
)  # fmt: skip
MADE = (models.Association, models.AssociationMeeting, models.Campaign, models.Letter, models.RepresentativeVisit,
        models.Testimonial, models.AssociationMember, models.MeetingLead)  # fmt: skip


def test_loading_again_changes_nothing(world: World) -> None:
    for owner_class in ("shop", "petrol_pump", "school", "industry"):
        for _ in range(3):
            registry_rig.premises(world, owner_class=owner_class)
    demo.load(CITY)
    counts = [model.objects.count() for model in MADE]
    assert all(counts)
    demo.load(CITY)
    assert [model.objects.count() for model in MADE] == counts
    assert models.Testimonial.objects.filter(state="approved").count() == 1
