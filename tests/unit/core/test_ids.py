"""Identifiers sort by time and never repeat."""

from prahari.core.ids import uuid7, uuid7s


def test_version_variant_and_order() -> None:
    made = [uuid7(now_ms) for now_ms in range(1_700_000_000_000, 1_700_000_000_200)]
    assert {identifier.version for identifier in made} == {7}
    assert {identifier.variant for identifier in made} == {"specified in RFC 4122"}
    assert made == sorted(made)
    assert made[5].int >> 80 == 1_700_000_000_005


def test_no_repetition_within_a_millisecond() -> None:
    assert len({uuid7(1) for _ in range(10_000)}) == 10_000


def test_several_at_once_are_like_one_by_one() -> None:
    made = uuid7s(10_000, 1_700_000_000_005)
    assert len(set(made)) == 10_000
    assert {(one.version, one.variant, one.int >> 80) for one in made} == {
        (7, "specified in RFC 4122", 1_700_000_000_005)
    }
    assert uuid7s(0) == []
