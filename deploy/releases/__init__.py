"""From one release to another, and back. Runs on the box as root, standard library only."""
