"""Django's PostgreSQL backend with connections that are cheap to check and whose tracked rows are cheap to write."""
