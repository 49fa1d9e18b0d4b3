"""One object a camera: what its plan and permit allow, and the one connection to it."""
