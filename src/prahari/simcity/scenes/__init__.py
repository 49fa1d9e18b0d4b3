"""Street scenes drawn by program: what simulated cameras show when no clips are given."""
