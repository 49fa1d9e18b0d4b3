"""Django's PostgreSQL backend with a health check of pooled connections that costs no round trip."""
