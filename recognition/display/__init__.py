"""What the pages show of criteria, grids and figures, in words."""
