"""Live pictures: fragments over WebSocket, built once a camera however many look; WebRTC where delay matters."""
