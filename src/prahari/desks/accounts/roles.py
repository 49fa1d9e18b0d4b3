"""The permissions that exist and the roles that a new centre starts with. Roles are rows: administrators edit them."""

from __future__ import annotations

from typing import Any

PERMISSIONS: dict[str, tuple[str, str]] = {
    "camera.view": ("See cameras and their state", "कैमरे और उनकी स्थिति देखना"),
    "camera.live": ("Watch live pictures", "लाइव चित्र देखना"),
    "camera.playback": ("Watch recordings", "रिकॉर्डिंग देखना"),
    "camera.export": ("Export lists and clips", "सूची और क्लिप निर्यात करना"),
    "camera.edit": ("Add and edit cameras", "कैमरे जोड़ना और बदलना"),
    "camera.test": ("Test a camera's address", "कैमरे के पते की जाँच"),
    "consent.manage": ("Record and withdraw consents and orders", "सहमति और आदेश दर्ज करना, वापस लेना"),
    "registry.view": ("See premises and sites", "प्रतिष्ठान और स्थान देखना"),
    "registry.edit": ("Edit premises, sites and lists", "प्रतिष्ठान, स्थान और सूचियाँ बदलना"),
    "wall.use": ("Use the video wall", "वीडियो वॉल का उपयोग"),
    "wall.share": ("Share wall layouts", "वॉल विन्यास साझा करना"),
    "user.manage": ("Manage people and their roles", "उपयोगकर्ता और उनकी भूमिकाएँ सँभालना"),
    "audit.view": ("Read the audit", "ऑडिट देखना"),
    "system.view": ("See the state of the centre's machines", "केंद्र की मशीनों की स्थिति देखना"),
}

_WATCH = ["camera.view", "camera.live", "registry.view", "wall.use"]

ROLES: list[dict[str, Any]] = [
    {
        "code": "administrator",
        "name_en": "Administrator",
        "name_hi": "प्रशासक",
        "permissions": list(PERMISSIONS),
        "requires_second_factor": True,
    },
    {
        "code": "supervisor",
        "name_en": "Supervisor",
        "name_hi": "पर्यवेक्षक",
        "permissions": [*_WATCH, "camera.playback", "camera.export", "wall.share", "audit.view", "system.view"],
    },
    {"code": "operator", "name_en": "Operator", "name_hi": "ऑपरेटर", "permissions": [*_WATCH, "camera.playback"]},
    {
        "code": "traffic_police",
        "name_en": "Traffic police",
        "name_hi": "यातायात पुलिस",
        "permissions": [*_WATCH, "camera.playback"],
    },
    {
        "code": "constable",
        "name_en": "Constable",
        "name_hi": "आरक्षी",
        "permissions": ["camera.view", "camera.test", "registry.view"],
    },
    {
        "code": "nodal_officer",
        "name_en": "Nodal officer",
        "name_hi": "नोडल अधिकारी",
        "permissions": [
            "camera.view", "camera.live", "camera.edit", "camera.test", "camera.export",
            "consent.manage", "registry.view", "registry.edit",
        ],
    },
    {
        "code": "commissioner",
        "name_en": "Commissioner",
        "name_hi": "आयुक्त",
        "permissions": ["camera.view", "camera.live", "camera.export", "registry.view", "wall.use", "audit.view"],
    },
    {
        "code": "investigator",
        "name_en": "Investigator",
        "name_hi": "विवेचक",
        "permissions": ["camera.view", "camera.playback", "camera.export", "registry.view"],
    },
    {
        "code": "technician",
        "name_en": "Technician",
        "name_hi": "तकनीशियन",
        "permissions": ["camera.view", "camera.live", "camera.edit", "camera.test", "registry.view", "system.view"],
    },
]  # fmt: skip

AGENCIES = [
    ("police", "Police", "पुलिस"),
    ("traffic", "Traffic police", "यातायात पुलिस"),
    ("municipal", "Municipal corporation", "नगर निगम"),
    ("disaster", "Disaster management", "आपदा प्रबंधन"),
]
