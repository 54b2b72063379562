"""What a new rule, city, table or field begins with: files to be filled in."""
