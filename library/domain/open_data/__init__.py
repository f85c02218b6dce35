"""What the portal gives away of its catalogue: for the API, as files, and as a catalogue of them."""
