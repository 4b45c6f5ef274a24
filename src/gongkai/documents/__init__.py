"""公文: the letters of the office, and the store that keeps every file."""
