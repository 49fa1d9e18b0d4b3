"""Health of cameras: what is ill now, outages, uptime, service levels, maintenance."""
