"""One connection to a camera, however many use it."""
