"""Acts that change who is who, and what day is what."""
