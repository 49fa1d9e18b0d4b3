"""Engines: asyncio or compute processes without Django."""
