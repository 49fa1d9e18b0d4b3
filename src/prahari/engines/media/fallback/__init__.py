"""What our own RTSP client and browsers cannot take, done by PyAV in processes of their own."""
