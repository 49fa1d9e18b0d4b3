"""Posts of the control room, who sits there when, what they hand over, and what they watched."""
