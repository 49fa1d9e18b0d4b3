"""What was recorded: time line, stretches to play, clips to keep, pictures of a moment.

Recordings made while a permit stood stay viewable after it ended, to whom the desks give a token for it: the permit
governs opening a camera, retention and the right to look back are rules of the desks.
"""
