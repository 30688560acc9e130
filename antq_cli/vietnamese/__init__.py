"""The Vietnamese language and its official vocabulary, knowing nothing of pages."""
