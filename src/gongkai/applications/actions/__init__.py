"""One module an act. Each checks the right, asks `law`, and writes step, ledger entry and letter in one transaction."""
