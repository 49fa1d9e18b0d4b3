"""What the engine tells the centre: states of cameras, proofs of frames, gaps, its own heartbeat."""
