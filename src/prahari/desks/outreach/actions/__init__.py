"""Everything that people do at the outreach desk. One function per thing."""

from prahari.desks.outreach.actions.campaigns import edit_campaign, edit_visit, record_campaign, record_visit
from prahari.desks.outreach.actions.letters import edit_letter, mark_run_sent, save_template, write_letters
from prahari.desks.outreach.actions.people import (
    add_members,
    create_association,
    edit_association,
    edit_meeting,
    record_meeting,
    remove_members,
    save_code,
)
from prahari.desks.outreach.actions.testimonials import (
    receive_testimonial,
    review_testimonial,
    use_new_folder,
    withdraw_testimonial,
)

__all__ = [
    "add_members",
    "create_association",
    "edit_association",
    "edit_campaign",
    "edit_letter",
    "edit_meeting",
    "edit_visit",
    "mark_run_sent",
    "receive_testimonial",
    "record_campaign",
    "record_meeting",
    "record_visit",
    "remove_members",
    "review_testimonial",
    "save_code",
    "save_template",
    "use_new_folder",
    "withdraw_testimonial",
    "write_letters",
]
