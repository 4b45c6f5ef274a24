"""Acts in disputes."""
