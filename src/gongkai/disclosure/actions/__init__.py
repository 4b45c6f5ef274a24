"""Acts of 主动公开."""
