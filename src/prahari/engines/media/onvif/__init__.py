"""Speaking to the device behind a camera (ONVIF): what it is, its channels, moving it, its events, its own disk."""
