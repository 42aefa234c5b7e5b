"""Never late: what each person owes and waits for, reminders, calendar, cover."""
