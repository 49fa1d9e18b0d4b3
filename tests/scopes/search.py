"""Endpoints of the search: everybody who is signed in may ask; what is found is within their scope (test_search.py)."""

from __future__ import annotations

from scope import Endpoint

ENDPOINTS = [
    Endpoint("GET", "/search", None, query="q=mall"),
    Endpoint("GET", "/search/more", None, query="q=mall"),
]
