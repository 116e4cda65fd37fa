"""What people can say: one module per thing a person can do, with no I/O but the store."""
