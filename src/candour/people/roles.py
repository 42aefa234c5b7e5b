"""Roles and kinds of agency, as practitioners name them. Roles are code; who holds one is data."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is on a case, or stands appointed as in a partnership."""

    CHAIR = "chair", "Board Chair"
    LEAD_PARTNER = "lead_partner", "Lead safeguarding partner"
    DELEGATED_PARTNER = "delegated_partner", "Delegated safeguarding partner"
    DEPUTY_PARTNER = "deputy_partner", "Deputy of a safeguarding partner"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    BUSINESS_MANAGER = "business_manager", "Business manager"
    SUB_GROUP = "sub_group", "SCR sub-group member"
    REVIEW_PANEL = "review_panel", "Case review panel member"
    LEAD_REVIEWER = "lead_reviewer", "Lead reviewer"
    SECOND_REVIEWER = "second_reviewer", "Second reviewer"
    AGENCY_AUTHOR = "agency_author", "Agency author"
    SIGNING_OFF_MANAGER = "signing_off_manager", "Signing-off manager"
    NOTIFIER = "notifier", "Local-authority notifier"
    LEGAL_ADVISER = "legal_adviser", "Legal adviser"
    POLICE_LIAISON = "police_liaison", "Police and prosecutors' liaison"
    CORONER = "coroner", "Coroner's officer"
    PANEL_ADVISER = "panel_adviser", "National panel adviser"
    ACTION_OWNER = "action_owner", "Action owner"
    COMMUNICATIONS_LEAD = "communications_lead", "Communications lead"
    LIBRARIAN = "librarian", "Librarian"
    ADMINISTRATOR = "administrator", "Administrator"


class PartnerBody(TextChoices):
    """The three safeguarding partners (Children Act 2004, section 16E)."""

    LOCAL_AUTHORITY = "local_authority", "Local authority"
    POLICE = "police", "Police"
    HEALTH = "health", "Integrated care board"


class Region(TextChoices):
    """The nine regions of England, as national statistics name them."""

    NORTH_EAST = "north_east", "North East"
    NORTH_WEST = "north_west", "North West"
    YORKSHIRE = "yorkshire", "Yorkshire and The Humber"
    EAST_MIDLANDS = "east_midlands", "East Midlands"
    WEST_MIDLANDS = "west_midlands", "West Midlands"
    EAST = "east", "East of England"
    LONDON = "london", "London"
    SOUTH_EAST = "south_east", "South East"
    SOUTH_WEST = "south_west", "South West"


class LinkPurpose(TextChoices):
    """What a one-use link is for."""

    INVITATION = "invitation", "Invitation"
    NEW_PASSWORD = "new_password", "New password"
    NEW_SECOND_FACTOR = "second_factor", "New second factor"
    NEW_EMAIL = "new_email", "New e-mail address"
    CONTRIBUTION = "contribution", "Contribution"


class AgencyKind(TextChoices):
    """Kinds of agency whose practice is discussed (domain vocabulary)."""

    SOCIAL_CARE = "social_care", "Children's social care"
    EARLY_HELP = "early_help", "Early help"
    ADULT_SOCIAL_CARE = "adult_social_care", "Adult social care"
    POLICE = "police", "Police"
    GP = "gp", "GP practice"
    HEALTH_VISITING = "health_visiting", "Health visiting and school nursing"
    MIDWIFERY = "midwifery", "Midwifery"
    HOSPITAL = "hospital", "Hospital"
    AMBULANCE = "ambulance", "Ambulance"
    CAMHS = "camhs", "Child and adolescent mental health"
    ADULT_MENTAL_HEALTH = "adult_mental_health", "Adult mental health"
    SUBSTANCE_MISUSE = "substance_misuse", "Substance misuse service"
    HEALTH_COMMISSIONER = "health_commissioner", "Integrated care board"
    SCHOOL = "school", "School or nursery"
    COLLEGE = "college", "College"
    HOUSING = "housing", "Housing"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    CAFCASS = "cafcass", "Cafcass"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    OTHER = "other", "Other body"
