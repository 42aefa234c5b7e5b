"""Pages of a review's commission."""
