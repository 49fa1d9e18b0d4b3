"""The media engine: camera streams in, recordings, live pictures and playback out."""
