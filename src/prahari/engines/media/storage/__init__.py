"""Recording disks: several of them, each with its reserve; failing, coming back, read again and again for bit rot."""
