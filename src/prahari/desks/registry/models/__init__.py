"""The register: who owns what, where it stands, how it is reached. Selectors read these rows, actions write them."""

from prahari.desks.registry.models.cameras import Camera, CameraCredential, CameraState
from prahari.desks.registry.models.lookups import Department, OwnerClass, PlaceClass, RetentionClass
from prahari.desks.registry.models.places import Contact, Premises, Site

__all__ = [
    "Camera",
    "CameraCredential",
    "CameraState",
    "Contact",
    "Department",
    "OwnerClass",
    "PlaceClass",
    "Premises",
    "RetentionClass",
    "Site",
]
