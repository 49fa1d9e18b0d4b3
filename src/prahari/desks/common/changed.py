"""Two people write at once: the second is told, and shown what stands there now, so that nothing typed is lost."""

from __future__ import annotations

from typing import Any

from prahari.desks.common.errors import Problem


class Changed(Problem):
    """409 `changed`; `present` in the answer is the row as it is now, as its own endpoint would answer it."""

    def __init__(self, present: Any) -> None:
        super().__init__(
            409, "changed",
            "Somebody else has changed this meanwhile. Look at both, then send yours again.",
            "इस बीच किसी और ने इसे बदला है। दोनों देखें, फिर अपना भेजें।",
        )  # fmt: skip
        self.present = present

    def body(self) -> dict[str, Any]:
        return super().body() | {"present": self.present}
