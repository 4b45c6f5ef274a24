"""政府信息公开年报: the published reports as everybody sees them, and their figures side by side."""
