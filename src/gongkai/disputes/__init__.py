"""行政复议、行政诉讼 over disclosure. So far: the register that table 4 rests on."""
