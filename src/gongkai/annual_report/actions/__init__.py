"""What changes an annual report: each act a module, each in one transaction."""
