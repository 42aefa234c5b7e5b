"""Forms for commissioning a review, and for what runs beside it."""
