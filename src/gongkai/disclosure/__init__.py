"""主动公开. So far: the register of normative documents and the counts of decisions that table 2 rests on."""
