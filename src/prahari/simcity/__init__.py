"""The simulated city: cameras with drawn street scenes, a made-up city plan, faults on command."""
