"""Years of orders with faults on a virtual clock, through the real services and real database files, scored by an
oracle that shares no code with them."""
