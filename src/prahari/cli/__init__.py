"""The one command `./prahari NAME`: a module a command, each with TITLE, add_arguments(parser), run(arguments)."""
