"""Acts of the analysis: writing it, and saying what it rests on."""
