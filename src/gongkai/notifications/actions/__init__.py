"""Acts of this room: telling people, their reading, their wishes, and what leaves the house."""
