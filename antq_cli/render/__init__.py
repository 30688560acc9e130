"""Values to what a program reads (`objects`, `csv_table`) and what a person reads (the other modules)."""
