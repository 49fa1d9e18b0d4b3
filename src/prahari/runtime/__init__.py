"""What runs a centre: supervisor, embedded PostgreSQL and NATS, keys, demonstration."""
