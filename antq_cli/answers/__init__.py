"""Questions to the archive: what they mean, which documents answer them, on what grounds."""
