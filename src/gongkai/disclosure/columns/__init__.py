"""The tree of columns: what every site has, how it is kept, whether it is kept up."""
