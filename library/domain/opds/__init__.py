"""The catalogue for reading apps: which feeds there are and what they hold. How they are written: `library.interop.opds`."""
