"""One question to everything, in the asker's scope; and a trace of what was asked."""
