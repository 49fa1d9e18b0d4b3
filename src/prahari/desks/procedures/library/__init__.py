"""Procedures that a new centre starts with, after the field's practice. A city makes them its own in the editor.

LIBRARY: code -> (English, Hindi, steps). Laws and numbers named in them are those in force when they were written;
whoever publishes a version checks them.
"""

from __future__ import annotations

from prahari.desks.procedures.library import (
    accident,
    crowd,
    fire,
    flood,
    missing_child,
    protest,
    theft,
    vip_route,
    women_safety,
)
from prahari.desks.procedures.steps import Step

LIBRARY: dict[str, tuple[str, str, list[Step]]] = {
    "women_safety": ("Women's safety call", "महिला सुरक्षा कॉल", women_safety.STEPS),
    "accident": ("Road accident", "सड़क दुर्घटना", accident.STEPS),
    "fire": ("Fire", "अग्निकांड", fire.STEPS),
    "missing_child": ("Missing child", "गुमशुदा बच्चा", missing_child.STEPS),
    "crowd": ("Crowd", "भीड़", crowd.STEPS),
    "theft": ("Theft or robbery", "चोरी या लूट", theft.STEPS),
    "protest": ("Protest or procession", "धरना-प्रदर्शन या जुलूस", protest.STEPS),
    "vip_route": ("VIP route", "वीआईपी मार्ग", vip_route.STEPS),
    "flood": ("Waterlogging or flood", "जलभराव या बाढ़", flood.STEPS),
}
