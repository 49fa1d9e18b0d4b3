"""People, what they may do and where; the tree of jurisdictions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from prahari.core.ids import uuid7
from prahari.desks.accounts.choices import Language, Level, SecondFactor
from prahari.desks.common.errors import Text, text
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index


class Named(models.Model):
    """A name in both languages."""

    name_en = models.TextField()
    name_hi = models.TextField()

    class Meta:
        abstract = True

    @property
    def name(self) -> Text:
        return text(self.name_en, self.name_hi)


@tracked()
class Centre(Named):
    """This installation: one row. Degrees are WGS 84; bounds are west, south, east, north."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    code = models.TextField(default="centre")
    lon = models.FloatField(default=78.0)
    lat = models.FloatField(default=23.0)
    bounds = ArrayField(models.FloatField(), size=4, default=list)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_centre")]


@tracked()
class SecurityPolicy(models.Model):
    """Rules of signing in: one row, edited by administrators."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    session_idle_minutes = models.PositiveIntegerField(default=120)
    session_hours = models.PositiveIntegerField(default=12)
    second_factor = models.TextField(choices=SecondFactor.choices, default=SecondFactor.OFF_LOOPBACK)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_security_policy")]


@tracked()
class Agency(Named):
    """Who works in the centre: police, traffic, municipal, disaster, ..."""

    code = models.SlugField(primary_key=True, max_length=40)
    active = models.BooleanField(default=True)


@tracked(exclude=["boundary"])
class Jurisdiction(Named):
    """A node of the tree. `path` joins codes from the state down with dots; "" is the whole centre."""

    path = models.CharField(max_length=300, unique=True)
    level = models.TextField(choices=Level.choices)
    lgd_code = models.TextField(blank=True, default="")
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON geometry, WGS 84
    population = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [path_index("path", "jurisdiction_path_prefix"), models.Index(fields=["level", "path"])]

    @property
    def parent(self) -> str | None:
        """Path of the node above, or None at the top."""
        return (self.path.rpartition(".")[0] or None) if self.path else None


@tracked()
class Role(Named):
    """A bundle of permissions (see roles.py)."""

    code = models.SlugField(primary_key=True, max_length=40)
    permissions = ArrayField(models.TextField(), default=list)
    requires_second_factor = models.BooleanField(default=False)
    sort = models.PositiveSmallIntegerField(default=0)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        """Names are compared without case: nobody has to remember a capital letter at night."""
        return self.get(username=(username or "").strip().lower())


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person. Belongs to an agency and a jurisdiction, which say who manages the account, not what it may do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.TextField()
    language = models.TextField(choices=Language.choices, default=Language.HI)
    must_change_password = models.BooleanField(default=True)
    locked = models.BooleanField(default=False)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """What Django and allauth ask before they let somebody in."""
        return not self.locked


@tracked()
class RoleGrant(models.Model):
    """A role, given to a person for a jurisdiction and one agency or (None) all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "agency", "jurisdiction"], name="one_grant", nulls_distinct=False
            )
        ]


class Session(AbstractBaseSession):
    """A browser's session. `user_id` is set once signed in (second factor included), so that all of a person's
    sessions can be ended, and the API reads person and grants in one query."""

    user_id = models.UUIDField(null=True, db_index=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "accounts_session"
