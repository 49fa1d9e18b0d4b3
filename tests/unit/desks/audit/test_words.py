"""The audit page has words, in both languages, for all that the product writes into the audit, and for nothing else."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from audit_codes import Source
from prahari.desks.linking.steps import BY_HAND
from prahari.desks.outreach.models import AssociationKind, Channel
from prahari.desks.programme.models import Office, Rank
from prahari.desks.registry.lookups import Lookup

HOW = ("create", "edit")
WORDS = Path(__file__).parents[4] / "web" / "src" / "desks" / "audit" / "acts" / "i18n"
CODED = (AssociationKind, Channel)
LISTED = {
    "registry/premises_actions.py": [str(model._meta.model_name) for model in get_args(Lookup)],
    "programme/people_actions.py": [model.__name__.lower() for model in (Rank, Office)],
}

# What cannot be read from the source, with the reason; the values come from where the code itself takes them.
NAMED_BY_HAND: dict[str, set[str]] = {
    # The step comes out of a form as a dictionary, and only these are entered by hand.
    "desks/linking/ladder.py f'linking.{step}'": {f"linking.{step}" for step in BY_HAND},
    # One function saves both kinds of list, and names them by their model.
    "desks/outreach/actions/people.py f'{model._meta.model_name}.save'": {f"{m._meta.model_name}.save" for m in CODED},
    "desks/outreach/actions/people.py str(model._meta.verbose_name)": {str(m._meta.verbose_name) for m in CODED},
    # One function makes and changes the entries of every short list, and names them by their model.
    **{f"desks/{path} kind": set(kinds) for path, kinds in LISTED.items()},
    **{
        f"desks/{path} f\"{{kind}}.{{('create' if new else 'edit')}}\"": {f"{k}.{how}" for k in kinds for how in HOW}
        for path, kinds in LISTED.items()
    },
}


@cache
def source() -> Source:
    return Source()


def written(direct: dict[str, set[str]], *, codes: bool) -> set[str]:
    by_hand: set[str] = set()
    for place in source().unfollowed:
        values = NAMED_BY_HAND.get(place, set())
        if all(("." in value) == codes for value in values):
            by_hand |= values
    return set(direct) | by_hand


def words(language: str) -> dict[str, Any]:
    return dict(json.loads((WORDS / f"{language}.json").read_text("utf-8")))


def test_every_code_is_found_or_named_with_its_reason() -> None:
    assert source().unfollowed == set(NAMED_BY_HAND)


def test_the_reader_follows_what_a_code_is_made_from() -> None:
    """One of each: written out, a condition, passed on by a helper, a field of a form, a method's name put in front."""
    assert {"camera.retire", "node.undrain", "alarm.acknowledge", "task.in_progress", "unit.en_route"} <= set(
        source().codes
    )
    assert {"citizen report", "target plan", "work kind", "campaign"} <= set(source().types)


def test_codes_have_the_form_that_the_page_groups_by() -> None:
    assert [code for code in written(source().codes, codes=True) if not re.fullmatch(r"[a-z_]+\.[a-z_]+", code)] == []


@pytest.mark.parametrize("language", ["en", "hi"])
def test_words_for_all_that_is_written_and_for_nothing_else(language: str) -> None:
    told = words(language)
    codes = written(source().codes, codes=True)
    named = {f"{group}.{act}": text for group, acts in told["act"].items() for act, text in acts.items()}
    assert (codes - set(named), set(named) - codes) == (set(), set()), "without words; words for nothing"
    groups = {code.partition(".")[0] for code in codes}
    assert (groups - set(told["group"]), set(told["group"]) - groups) == (set(), set())
    types = written(source().types, codes=False)
    assert (types - set(told["type"]), set(told["type"]) - types) == (set(), set())
    assert [key for key, text in {**named, **told["group"], **told["type"]}.items() if not text.strip()] == []


@pytest.mark.parametrize("language", ["en", "hi"])
def test_two_acts_of_a_group_are_not_called_the_same(language: str) -> None:
    for group, acts in words(language)["act"].items():
        assert len(set(acts.values())) == len(acts), group
