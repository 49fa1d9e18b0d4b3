"""RTP packets into coded pictures and audio frames, and RTP time into wall clock."""
