"""Pages of the incident, from logging it to the decision on a review."""
