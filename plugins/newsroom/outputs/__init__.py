"""The site that a catalogue makes: every output, what it is made from, and how."""
