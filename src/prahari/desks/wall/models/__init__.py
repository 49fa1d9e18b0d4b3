"""Rows of the wall: layouts that people save, screens that hang there, what was put on them."""

from prahari.desks.wall.models.layouts import WallLayout
from prahari.desks.wall.models.screens import Salvo, Screen, ScreenEnrolment, Showing

__all__ = ["Salvo", "Screen", "ScreenEnrolment", "Showing", "WallLayout"]
