"""What an OpenStack on loopback has in place of hypervisors, agents and disks."""
