"""From events to alarms, live: one process that reads the event log and tells alarms into it."""
