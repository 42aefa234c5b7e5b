"""Files of a case: versions, extraction, read log."""
