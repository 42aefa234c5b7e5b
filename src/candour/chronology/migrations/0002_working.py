import candour.kernel.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('chronology', '0001_initial'),
        ('contributions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryComment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=candour.kernel.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('words', models.TextField()),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='contributions.entry')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=candour.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=60)),
                ('step', models.CharField(blank=True, choices=[('referral', 'Referral to children’s social care'), ('referral_decision', 'Decision on the referral'), ('strategy_discussion', 'Strategy discussion'), ('initial_conference', 'Initial child protection conference'), ('core_group', 'Core group'), ('review_conference', 'Review conference'), ('visit', 'Visit under the plan'), ('child_seen', 'Child seen'), ('child_seen_alone', 'Child seen alone'), ('child_heard', 'Child’s words recorded'), ('child_not_seen', 'Child not seen')], max_length=30)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Tagging',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=candour.kernel.clock.now, editable=False)),
                ('act', models.UUIDField(db_index=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_act', models.UUIDField(blank=True, db_index=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taggings', to='contributions.entry')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taggings', to='chronology.tag')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=candour.kernel.clock.now, editable=False)),
                ('name', models.CharField(max_length=80)),
                ('query', models.CharField(max_length=1000)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('case', 'by', 'name'), name='one_filter_a_name')],
            },
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('case', 'name'), name='one_tag_a_name_in_a_case'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(condition=models.Q(('step', ''), _negated=True), fields=('case', 'step'), name='one_tag_a_step_in_a_case'),
        ),
        migrations.AddConstraint(
            model_name='tagging',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('tag', 'entry'), name='an_entry_has_a_tag_once'),
        ),
        migrations.AddConstraint(
            model_name='tagging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_act__isnull', True), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_act__isnull', False), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='a_tagging_ends_whole'),
        ),
    ]
