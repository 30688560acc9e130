"""Values to what a program reads (`objects`) and what a person reads (`views`)."""
