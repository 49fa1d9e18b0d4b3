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
    "camera.ptz": ("Move cameras", "कैमरे घुमाना"),
    "camera.ptz_first": ("Move cameras before others", "दूसरों से पहले कैमरे घुमाना"),
    "camera.imaging": ("Set how a camera's picture looks", "कैमरे के चित्र की सेटिंग बदलना"),
    "camera.relay": ("Switch relays of a camera's device", "कैमरे के उपकरण के रिले चलाना"),
    "edge.manage": ("Enrol and revoke edge sites", "एज स्थान पंजीकृत और निरस्त करना"),
    "consent.manage": ("Record and withdraw consents and orders", "सहमति और आदेश दर्ज करना, वापस लेना"),
    "registry.view": ("See premises and sites", "प्रतिष्ठान और स्थान देखना"),
    "registry.edit": ("Edit premises, sites and lists", "प्रतिष्ठान, स्थान और सूचियाँ बदलना"),
    "linking.view": ("See the linking programme and its figures", "एकीकरण कार्यक्रम और उसके आँकड़े देखना"),
    "linking.work": ("Visit premises and record each step", "प्रतिष्ठानों का भ्रमण और हर चरण दर्ज करना"),
    "list.import": ("Import lists of premises and cameras", "प्रतिष्ठानों और कैमरों की सूचियाँ आयात करना"),
    "programme.manage": ("Manage nodal officers, tasks and rules", "नोडल अधिकारी, कार्य और नियम सँभालना"),
    "target.edit": ("Set targets", "लक्ष्य तय करना"),
    "report.view": ("Read reports and minutes", "आख्या और कार्यवृत्त पढ़ना"),
    "report.sign": ("Sign off daily progress reports", "दैनिक प्रगति आख्या प्रमाणित करना"),
    "meeting.manage": ("Hold review meetings", "समीक्षा बैठकें सँभालना"),
    "works.view": ("See roll-out works", "क्रियान्वयन कार्य देखना"),
    "works.edit": ("Record roll-out works", "क्रियान्वयन कार्य दर्ज करना"),
    "outreach.view": ("See outreach, visits and testimonials", "जन-जागरूकता, भ्रमण और प्रशंसापत्र देखना"),
    "outreach.edit": ("Record outreach, visits and testimonials", "जन-जागरूकता, भ्रमण और प्रशंसापत्र दर्ज करना"),
    "presentation.use": ("Show the centre to visitors", "आगंतुकों को केंद्र दिखाना"),
    "wall.use": ("Use the video wall", "वीडियो वॉल का उपयोग"),
    "wall.share": ("Share wall layouts", "वॉल विन्यास साझा करना"),
    "health.work": (
        "See to the health of cameras: acknowledge, announce maintenance, set reference views",
        "कैमरों के स्वास्थ्य का कार्य: स्वीकारना, रखरखाव की सूचना, मानक दृश्य तय करना",
    ),
    "service_level.view": ("See service levels and penalties", "सेवा स्तर और दंड देखना"),
    "service_level.edit": ("Set service levels", "सेवा स्तर तय करना"),
    "alarm.view": ("See alarms", "अलार्म देखना"),
    "alarm.work": ("Acknowledge and close alarms", "अलार्म स्वीकारना और बंद करना"),
    "alarm.rule": ("Set alarm rules", "अलार्म नियम तय करना"),
    "incident.view": ("See incidents", "घटनाएँ देखना"),
    "incident.work": ("Open and work on incidents", "घटनाएँ दर्ज करना और उन पर कार्य करना"),
    "incident.supervise": ("Merge, split and reopen incidents", "घटनाएँ जोड़ना, बाँटना और पुनः खोलना"),
    "procedure.edit": ("Edit procedures", "मानक कार्यप्रणाली बदलना"),
    "dispatch.view": ("See units and assignments", "इकाइयाँ और रवानगी देखना"),
    "dispatch.work": ("Send units", "इकाइयाँ रवाना करना"),
    "unit.manage": ("Manage units", "इकाइयाँ सँभालना"),
    "unit.crew": ("Ride with a unit: take orders, report position", "इकाई के साथ कार्य: आदेश लेना, स्थिति भेजना"),
    "shift.view": ("See rosters and hand-overs", "ड्यूटी सूची और कार्यभार देखना"),
    "shift.manage": ("Plan shifts and posts", "पाली और डेस्क तय करना"),
    "attention.view": ("See who watched which camera", "किसने कौन-सा कैमरा देखा, यह देखना"),
    "wall.control": ("Steer the screens of the video wall", "वीडियो वॉल की स्क्रीन चलाना"),
    "intake.manage": ("Admit sources of events", "गतिविधि के स्रोत स्वीकृत करना"),
    "user.manage": ("Manage people and their roles", "उपयोगकर्ता और उनकी भूमिकाएँ सँभालना"),
    "audit.view": ("Read the audit", "ऑडिट देखना"),
    "system.view": ("See the state of the centre's machines", "केंद्र की मशीनों की स्थिति देखना"),
}

_WATCH = ["camera.view", "camera.live", "registry.view", "wall.use"]
_ANSWER = ["alarm.view", "alarm.work", "incident.view", "incident.work", "dispatch.view", "dispatch.work", "shift.view"]

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
        "permissions": [
            *_WATCH, "camera.playback", "camera.export", "wall.share", "audit.view", "system.view", "linking.view",
            "report.view", "presentation.use", "camera.ptz", "camera.ptz_first", "camera.imaging", "camera.relay",
            "health.work", "service_level.view", *_ANSWER, "alarm.rule", "incident.supervise", "procedure.edit",
            "unit.manage", "shift.manage", "attention.view", "wall.control",
        ],
    },
    {
        "code": "operator",
        "name_en": "Operator",
        "name_hi": "ऑपरेटर",
        "permissions": [*_WATCH, *_ANSWER, "camera.playback", "camera.ptz", "wall.control"],
    },
    {
        "code": "traffic_police",
        "name_en": "Traffic police",
        "name_hi": "यातायात पुलिस",
        "permissions": [*_WATCH, *_ANSWER, "camera.playback", "camera.ptz"],
    },
    {
        "code": "constable",
        "name_en": "Constable",
        "name_hi": "आरक्षी",
        "permissions": ["camera.view", "camera.test", "registry.view", "linking.view", "linking.work", "unit.crew"],
    },
    {
        "code": "nodal_officer",
        "name_en": "Nodal officer",
        "name_hi": "नोडल अधिकारी",
        "permissions": [
            "camera.view", "camera.live", "camera.edit", "camera.test", "camera.export",
            "consent.manage", "registry.view", "registry.edit", "linking.view", "linking.work", "list.import",
            "report.view", "report.sign", "meeting.manage", "works.view", "works.edit", "outreach.view",
            "outreach.edit", "presentation.use", "health.work", "service_level.view",
        ],
    },
    {
        "code": "commissioner",
        "name_en": "Commissioner",
        "name_hi": "आयुक्त",
        "permissions": [
            "camera.view", "camera.live", "camera.export", "registry.view", "wall.use", "audit.view", "linking.view",
            "programme.manage", "target.edit", "report.view", "meeting.manage", "works.view", "outreach.view",
            "presentation.use", "service_level.view", "service_level.edit", "alarm.view",
            "incident.view", "dispatch.view", "shift.view", "attention.view",
        ],
    },
    {
        "code": "investigator",
        "name_en": "Investigator",
        "name_hi": "विवेचक",
        "permissions": [
            "camera.view", "camera.playback", "camera.export", "registry.view", "alarm.view", "incident.view",
        ],
    },
    {
        "code": "technician",
        "name_en": "Technician",
        "name_hi": "तकनीशियन",
        "permissions": ["camera.view", "camera.live", "camera.edit", "camera.test", "registry.view", "system.view",
                        "health.work"],
    },
]  # fmt: skip

AGENCIES = [
    ("police", "Police", "पुलिस"),
    ("traffic", "Traffic police", "यातायात पुलिस"),
    ("municipal", "Municipal corporation", "नगर निगम"),
    ("disaster", "Disaster management", "आपदा प्रबंधन"),
]
