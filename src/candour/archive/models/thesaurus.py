"""The words by which reviews are arranged: terms with what they mean and their other names."""

from django.db import models

from candour.archive.models.catalogue import ReviewRecord


class Vocabulary(models.TextChoices):
    """The lists of terms; each review may carry any number from each."""

    THEME = "theme", "Theme of practice"
    AGE = "age", "Age of the child"
    AGENCY = "agency", "Agency whose practice is discussed"
    HARM = "harm", "Harm"
    CHILD = "child", "Circumstances of the child"
    PARENT = "parent", "Circumstances of parents"
    SETTING = "setting", "Circumstances of the family's surroundings"
    PLACEMENT = "placement", "Where the child lived"


class Term(models.Model):
    """A term of a vocabulary; `scope_note` says when it is used and when another is."""

    vocabulary = models.CharField(max_length=10, choices=Vocabulary.choices)
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    scope_note = models.TextField(blank=True)
    broader = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    is_retired = models.BooleanField(default=False)
    records = models.ManyToManyField(ReviewRecord, related_name="subjects", blank=True)

    class Meta:
        ordering = ["vocabulary", "label"]
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="one_term_a_code"),
            models.UniqueConstraint(fields=["vocabulary", "label"], name="one_term_a_label"),
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary}:{self.code}"


class TermName(models.Model):
    """Another name of a term; readers who use it are led to the term."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="names")
    words = models.CharField(max_length=120)

    class Meta:
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(fields=["term", "words"], name="one_name_a_term_once")
        ]

    def __str__(self) -> str:
        return self.words
