"""Arguments, exit codes, progress: a command is arguments, one call into `pipeline`, `render`, an exit code."""
