"""What comes in from pages: forms, sheets and grids, checked and cleaned."""
