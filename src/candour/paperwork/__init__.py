"""The forms of the work: filled once, reused, savable half-done, taken out as Word or PDF."""
