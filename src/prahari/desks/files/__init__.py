"""What people hand in: photographs, papers, videos. Sealed at rest, told by their content, read by those who may."""
