"""Settings, database roles, jobs and outbox, files, mail, health."""
