"""The ./prahari command: one small module a subcommand."""
