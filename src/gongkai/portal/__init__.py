"""The public shell: home, base page, the parts that both shells use, error pages."""
