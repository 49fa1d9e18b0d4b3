"""Migrating without re-rendering the whole project at every step.

Django renders a model anew with each change of it, and with it every model that is related to it, directly or not.
Here nearly all rows point at people and areas, so that is nearly every model, hundreds of times: a minute of a core
before a new centre opens. Changing a table needs only its own model fresh; code that moves rows (RunPython) needs all
of them, and gets them: a state so shortened is marked as delayed, and rendered whole before such code runs.
"""

from __future__ import annotations

from django.db.migrations.state import ProjectState


def _reload_itself(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in self.__dict__:
        self.is_delayed = True
        self._reload({(app_label, model_name)})  # type: ignore[attr-defined]


def render_only_what_changed() -> None:
    """For this process, once, before `migrate`."""
    ProjectState.reload_model = _reload_itself  # type: ignore[method-assign]
