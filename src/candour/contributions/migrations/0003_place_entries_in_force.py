"""Give the entries that were in force before this release their places in the chronology."""

from itertools import islice

from django.db import migrations

from candour.contributions.placing import place_values

AT_ONCE = 1_000


def place(apps, schema_editor):
    entries, queries, places = (
        apps.get_model("contributions", name) for name in ("Entry", "EntryQuery", "EntryPlace")
    )
    answers = queries.objects.filter(state="answered").exclude(edtf="").order_by("answered_at", "pk")
    days = {entry: window for entry, *window in answers.values_list("entry_id", "earliest", "latest")}
    rows = entries.objects.filter(in_force=True).select_related("agency").order_by("pk")
    found = (
        places(**place_values(entry, days.get(entry.pk, (entry.earliest, entry.latest))))
        for entry in rows.iterator(chunk_size=AT_ONCE)
    )
    while batch := list(islice(found, AT_ONCE)):
        places.objects.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [("contributions", "0002_where_entries_stand")]

    operations = [migrations.RunPython(place, migrations.RunPython.noop)]
