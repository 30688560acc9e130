"""What antq speaks of: frozen values, standard library only."""
