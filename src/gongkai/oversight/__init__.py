"""监督保障: what will fail an inspection, and when."""
