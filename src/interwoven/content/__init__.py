"""What we ask: content files in, core values out. Runs without Django."""
