"""From a plain picture to one that may be shown, whatever the detector does: when in doubt, a mosaic."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from prahari.engines.vision.masking import mask, mosaic
from prahari.engines.vision.ports import Box, Detector, Picture

SLOW_S = 2.0


@dataclass(frozen=True, slots=True)
class Covered:
    """A picture that may be shown. `why_mosaic` is empty when people and vehicles were looked for and covered."""

    picture: Picture
    why_mosaic: str = ""


class Shield:
    """Looks with one detector, made when first needed, no longer than `slow_s` a picture."""

    def __init__(self, make_detector: Callable[[], Detector], slow_s: float = SLOW_S) -> None:
        self._make_detector = make_detector
        self._slow_s = slow_s
        self._detector: Detector | None = None
        self._looking: threading.Thread | None = None

    def cover(self, picture: Picture) -> Covered:
        """Never raises for what a detector does or says, and never gives `picture` as it is."""
        if self._looking is not None and self._looking.is_alive():
            return Covered(mosaic(picture), "the detector is still at an earlier picture")
        found: list[list[Box] | Exception] = []
        # A thread, because a detector that hangs cannot be interrupted: it is left to itself and nobody waits for it.
        self._looking = threading.Thread(target=self._look, args=(picture, found), daemon=True)
        self._looking.start()
        self._looking.join(self._slow_s)
        if not found:
            return Covered(mosaic(picture), f"the detector took longer than {self._slow_s:g} s")
        boxes = found[0]
        if isinstance(boxes, Exception):
            return Covered(mosaic(picture), f"the detector failed: {type(boxes).__name__}")
        try:
            return Covered(mask(picture, boxes))
        except (ValueError, OverflowError, TypeError) as error:  # boxes that are no boxes: NaN, infinite
            return Covered(mosaic(picture), f"the detector gave no usable boxes: {error}")

    def _look(self, picture: Picture, found: list[list[Box] | Exception]) -> None:
        try:
            if self._detector is None:
                self._detector = self._make_detector()
            found.append(self._detector.detect(picture))
        except Exception as error:  # whatever it is, the picture must not be shown
            found.append(error)
