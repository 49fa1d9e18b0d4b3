"""The event log: JetStream in, PostgreSQL and consoles out."""
