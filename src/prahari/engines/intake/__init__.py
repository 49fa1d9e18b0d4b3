"""Doors for events from outside: devices by HTTP and MQTT, 112, public alerts, positions of units. No Django."""
