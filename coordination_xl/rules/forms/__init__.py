"""What a form says against its row: task lines, versions. Source: SPEC B3, B5."""
