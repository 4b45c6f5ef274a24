"""The words of a report: its sections, what is suggested, what is checked while writing, the pages of the writer."""
