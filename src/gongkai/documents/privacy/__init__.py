"""The privacy scan (platform-standards §6.3 detectors) of what goes out."""
