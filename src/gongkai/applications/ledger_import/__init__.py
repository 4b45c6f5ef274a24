"""The ledger people have (台账): read it, match its columns, check every row, and only then take it over.

`sheets` reads the file, `columns` proposes which column is what, `values` and `outcome_words` normalise, `rows` checks
row by row, `judging` asks the law, `error_sheet` gives back what has to be mended, `examination` puts these together
for the command line (`command`) and the desk (`desk_views`). Writing is `actions.import_ledger`.
"""
