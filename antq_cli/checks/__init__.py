"""The rules of form, each with its legal source, and the engine that runs them on a letter."""
