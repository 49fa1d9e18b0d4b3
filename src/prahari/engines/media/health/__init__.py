"""Health of every camera of this worker: what the stream tells, when a keyframe is looked at, what begins and ends."""
