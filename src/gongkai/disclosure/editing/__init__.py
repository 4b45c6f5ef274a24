"""Writing items: the editors' list, the form, attachments, what is typed made safe."""
