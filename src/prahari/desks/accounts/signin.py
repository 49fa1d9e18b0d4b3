"""Signing in with django-allauth: which of its doors are open, and what of it goes into the audit."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import user_logged_in, user_logged_out
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account import views as account
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.headless.base import views as base
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from allauth.headless.socialaccount import views as social
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path

from prahari.contracts import sealing
from prahari.core.scope import Scope
from prahari.desks.accounts.models import User
from prahari.desks.common import holders
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem

View = Callable[..., HttpResponseBase]


def must_change_password() -> Problem:
    return Problem(
        403,
        "must_change_password",
        "Choose a password of your own first.",
        "पहले अपना नया पासवर्ड चुनें।",
    )


def _settled(view: View) -> View:
    """Nothing else before the one-time password is changed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.must_change_password:
            return must_change_password().response()
        return view(request, *args, **kwargs)

    return guarded


def urlpatterns() -> list[URLPattern | URLResolver]:
    """Only these of allauth's doors: no signing up, no e-mail, no changing of passwords around our own action."""
    browser: dict[str, Any] = {"client": Client.BROWSER}
    patterns = [
        path("config", base.ConfigView.as_api_view(**browser), name="config"),
        path("auth/session", account.SessionView.as_api_view(**browser), name="current_session"),
        path("auth/login", account.LoginView.as_api_view(**browser), name="login"),
        path("auth/reauthenticate", _settled(account.ReauthenticateView.as_api_view(**browser)), name="reauthenticate"),
        path("auth/2fa/authenticate", mfa.AuthenticateView.as_api_view(**browser), name="mfa_authenticate"),
        path("auth/2fa/reauthenticate", _settled(mfa.ReauthenticateView.as_api_view(**browser)), name="mfa_again"),
        path("auth/provider/redirect", social.RedirectToProviderView.as_api_view(**browser), name="provider"),
        path("account/authenticators", _settled(mfa.AuthenticatorsView.as_api_view(**browser)), name="authenticators"),
        path("account/authenticators/totp", _settled(mfa.ManageTOTPView.as_api_view(**browser)), name="totp"),
        path(
            "account/authenticators/recovery-codes",
            _settled(mfa.ManageRecoveryCodesView.as_api_view(**browser)),
            name="recovery_codes",
        ),
    ]
    return [path("browser/v1/", include((patterns, "headless"), namespace="browser"))]


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are entered by those who manage them."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """For pages that allauth draws itself. The console has its own words, in both languages."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return str(super().clean_username(username, shallow)).lower()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Without the Host header that allauth adds: who guesses passwords chooses that freely."""
        return str(credentials.get("username", "")).strip().lower()


class HeadlessAdapter(DefaultHeadlessAdapter):
    """allauth's own answers; the console reads /me for everything about the person."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds lie sealed in the database."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, settings.CONFIG.sealing_key(), "second factor")

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, settings.CONFIG.sealing_key(), "second factor")


class SocialAdapter(DefaultSocialAccountAdapter):
    """A provider, chosen by the centre's administrator, says who somebody is; who may come in we say: an account of
    the same name (`preferred_username`) must exist."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        name = str(claims.get("preferred_username") or "").strip().lower()
        user = User.objects.filter(username=name, locked=False).first() if name else None
        if user is None:
            raise ImmediateHttpResponse(HttpResponseRedirect("/sign-in?error=no_account"))
        sociallogin.connect(request, user)


def _audit(name: str, user: User, request: HttpRequest | None, **details: Any) -> None:
    ip = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    actor = Actor(id=user.pk, username=user.username, name=user.name, scope=Scope(()), ip=ip)
    with action(name, actor=actor) as act:
        act.about("user", user.pk, user.username, jurisdiction=user.jurisdiction.path, agency=user.agency_id or "")
        act.details(**details)


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    _audit("account.sign_in", user, request)


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Pictures that were opened end in the media engine; what another session of theirs shows comes back by itself."""
    if user is not None:
        with transaction.atomic():
            _audit("account.sign_out", user, request)
            holders.end_pictures(user.pk)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Names that nobody has are not written down: people type passwords into the wrong field."""
    user = User.objects.filter(username=str(credentials.get("username", "")).strip().lower()[:60]).first()
    if user is not None:
        _audit("account.sign_in_failed", user, request)


def _authenticator(name: str) -> Callable[..., None]:
    def heard(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
        _audit(name, user, request, kind=authenticator.type)

    return heard


_added = _authenticator("account.second_factor_added")
_removed = _authenticator("account.second_factor_removed")


def connect() -> None:
    """Hear what happens inside allauth; signals are the one way it tells."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_failed)
    authenticator_added.connect(_added)
    authenticator_removed.connect(_removed)
