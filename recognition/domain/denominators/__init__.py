"""How many there are: entered by the commune, checked by the next level, locked."""
