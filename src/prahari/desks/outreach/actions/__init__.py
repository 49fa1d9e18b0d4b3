"""Everything that people do at the outreach desk. One function per thing."""

from prahari.desks.outreach.actions.testimonials import (
    receive_testimonial,
    review_testimonial,
    use_new_folder,
    withdraw_testimonial,
)

__all__ = [
    "receive_testimonial",
    "review_testimonial",
    "use_new_folder",
    "withdraw_testimonial",
]
