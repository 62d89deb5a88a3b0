"""Where messages go: the outbox, SMTP, and the answers that come back."""
