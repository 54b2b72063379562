"""What holds of rules for every offer that there could be, shown by an SMT solver."""
