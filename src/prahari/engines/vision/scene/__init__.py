"""What one decoded keyframe tells of its camera: pure functions on a small grey picture, no input or output."""
