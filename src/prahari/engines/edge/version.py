"""The version of this connector. A package that is made for another version carries another file here."""

VERSION = "1.0.0"
