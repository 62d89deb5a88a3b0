"""Where messages go and where answers come from: mail servers, the outbox, the mailbox. Source: SPEC section 5."""
