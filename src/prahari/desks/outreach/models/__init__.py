"""Associations, campaigns, letters, visits of representatives and testimonials."""

from prahari.desks.outreach.models.campaigns import Campaign, Channel, RepresentativeVisit
from prahari.desks.outreach.models.letters import Letter, LetterSeries, LetterTemplate
from prahari.desks.outreach.models.people import (
    Association,
    AssociationKind,
    AssociationMeeting,
    AssociationMember,
    MeetingLead,
    OfficeBearer,
)
from prahari.desks.outreach.models.testimonials import FixityFinding, Testimonial, TestimonialCopy, VaultStore

__all__ = [
    "Association",
    "AssociationKind",
    "AssociationMeeting",
    "AssociationMember",
    "Campaign",
    "Channel",
    "FixityFinding",
    "Letter",
    "LetterSeries",
    "LetterTemplate",
    "MeetingLead",
    "OfficeBearer",
    "RepresentativeVisit",
    "Testimonial",
    "TestimonialCopy",
    "VaultStore",
]
