"""Files from anywhere are parsed in a process of its own, whose memory and time are limited."""
