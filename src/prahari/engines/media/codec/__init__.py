"""What must be known of H.264, H.265 and AAC bitstreams: parameter sets, picture kinds."""
