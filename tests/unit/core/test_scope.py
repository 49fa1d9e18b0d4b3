"""Row scope: who may see what."""

from hypothesis import given
from hypothesis import strategies as st

from prahari.core.scope import Grant, Scope, is_within

codes = st.text("abc", min_size=1, max_size=3)
paths = st.lists(codes, min_size=1, max_size=5).map(".".join)


@given(paths, paths)
def test_within_means_same_or_below_by_whole_codes(path: str, ancestor: str) -> None:
    parts, above = path.split("."), ancestor.split(".")
    assert is_within(path, ancestor) == (parts[: len(above)] == above)


def test_a_code_that_only_begins_alike_is_not_within() -> None:
    assert not is_within("up.kanpur-dehat", "up.kanpur")


@given(paths)
def test_the_whole_centre_holds_everything_and_is_held_by_itself_only(path: str) -> None:
    assert is_within(path, "")
    assert is_within("", "")
    assert not is_within("", path)


@given(paths, paths, st.sampled_from(["police", "traffic"]), st.sampled_from([None, "police", "traffic"]))
def test_grants_never_combine(here: str, there: str, agency: str, granted: str | None) -> None:
    place_only = Grant(here, granted, frozenset({"other"}))
    permission_elsewhere = Grant(there, granted, frozenset({"camera.view"}))
    scope = Scope((place_only, permission_elsewhere))
    assert scope.allows("camera.view", here, agency) == permission_elsewhere.allows("camera.view", here, agency)


def test_areas_name_where_a_permission_is_held() -> None:
    scope = Scope((Grant("up.a", None, frozenset({"x"})), Grant("up.b", "police", frozenset({"x", "y"}))))
    assert list(scope.areas("x")) == [("up.a", None), ("up.b", "police")]
    assert list(scope.areas("y")) == [("up.b", "police")]
    assert scope.has("y")
    assert not scope.has("z")
