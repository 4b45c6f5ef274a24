"""OFD (GB/T 33190): official letters written in it, files in it read."""
