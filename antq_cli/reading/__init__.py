"""Files to pages: the only door to pixels, PDF, OCR and worker processes."""
