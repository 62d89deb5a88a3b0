"""What every writing verb rests on: edits, audit, computed columns, files, the smallest difference."""
