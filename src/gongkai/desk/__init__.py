"""The staff shell: sign-in, the workbench's frame, calendar, agencies and people."""
