"""全文检索: Chinese full-text search over whatever the rooms hand in. Knows no items."""
