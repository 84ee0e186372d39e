"""What implements the ports: store, fetcher, notifiers, scheduler, wall clock, pack loader, reader process."""
