"""From events to alarms, as pure rules over values: no clock, no input or output."""
