"""Who leads, who approves, who acts while somebody is away. Source: SPEC A5, section 3, 通讯录."""
