"""What officers write beside the offers: evidence, screenings, reviews."""
