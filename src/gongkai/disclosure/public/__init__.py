"""The public pages of 主动公开."""
