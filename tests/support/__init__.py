"""What tests share. Not tests themselves."""
