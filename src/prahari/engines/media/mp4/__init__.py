"""Fragmented MP4: written for recorder and viewers, read back, cut files included."""
