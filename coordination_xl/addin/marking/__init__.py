"""What 校验 paints on cells, and how it takes it away again."""
