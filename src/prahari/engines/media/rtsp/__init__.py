"""RTSP over TCP: messages, authentication, session descriptions, the handshake with a camera."""
