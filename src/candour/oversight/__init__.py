"""The national bodies: what a partnership sends them, their desk, their letters, their figures."""
