"""The use cases: what a command does, as generators of values. No arguments, no screens, no exit codes."""
