"""Leave to link a camera, and where premises and cameras stand on the ladder."""

from prahari.desks.linking.models.ladder import (
    CameraLinkage,
    LadderEntry,
    Linkage,
    Receipt,
    RefusalReason,
    ViewRequest,
)
from prahari.desks.linking.models.leave import Channel, Consent, Live, Order, OrderedCamera, PremisesConsent

__all__ = [
    "CameraLinkage",
    "Channel",
    "Consent",
    "LadderEntry",
    "Linkage",
    "Live",
    "Order",
    "OrderedCamera",
    "PremisesConsent",
    "Receipt",
    "RefusalReason",
    "ViewRequest",
]
