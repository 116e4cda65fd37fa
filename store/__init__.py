"""What is true: the encrypted file; every SQL statement of the project is in here."""
