"""Each desk's endpoints for the scope test: see tests/scope.py."""
