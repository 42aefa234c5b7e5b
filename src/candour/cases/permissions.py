"""Who may see and do what on a case: one table for records, one for acts.

Source: the practice table in reference material on roles (who may see what), with the roles
that the guidance of 2023 adds. A cell that practice marks "log" or "on order" is `ON_GRANT`:
denied until a dated grant. What is not in the table is denied.
"""

from django.db.models import TextChoices

from candour.people.roles import Role


class Kind(TextChoices):
    """Kinds of record. Every page and every table of a case belongs to one."""

    CASE = "case", "Case overview"
    IDENTITIES = "identities", "Identity register"
    REFERRAL = "referral", "Referral, notification and scoping forms"
    AGENCY_RETURN = "agency_return", "Agency chronology and report"
    CHRONOLOGY = "chronology", "Integrated chronology"
    CONVERSATIONS = "conversations", "Conversations and practitioner event"
    FAMILY = "family", "Family record"
    ANALYSIS = "analysis", "Episodes, findings and recommendations"
    DRAFT = "draft", "Draft report"
    DECISION = "decision", "Decision record and panel letters"
    SENT_TO_PANEL = "sent_to_panel", "What was sent to the national panel, and its letters"
    DISCLOSURE = "disclosure", "Disclosure checks and holds"
    PUBLISHED = "published", "Published report, board response and actions"
    MEMBERS = "members", "Who is on the case"
    AUDIT = "audit", "Audit of the case"


class Reach(TextChoices):
    """How far a role reaches into a kind of record."""

    READ = "read", "Read"
    WRITE = "write", "Read and write"
    OWN_READ = "own_read", "Read what is their own agency's"
    OWN_WRITE = "own_write", "Read and write what is their own agency's"
    ON_GRANT = "on_grant", "Only under a dated, recorded grant"


class Act(TextChoices):
    """Acts that belong to named roles whatever they may read."""

    NOTIFY = "notify", "Record the notification, or the decision not to notify"
    RECOMMEND = "recommend", "Record the sub-group's recommendation"
    DECIDE = "decide", "Decide on a review"
    COMMISSION = "commission", "Commission the review and appoint its lead reviewer"
    SCREEN = "screen", "Take a case into screening, run and write the rapid review"
    ASK_AGENCIES = "ask_agencies", "Ask agencies for what they hold"
    FILE_FOR_AGENCY = "file_for_agency", "File a return that came by e-mail"
    SIGN_OFF_RETURN = "sign_off_return", "Sign off an agency's return"
    MANAGE_MEMBERS = "manage_members", "Give and end access to the case"
    HEAR = "hear", "Record conversations and family contributions"
    CLEAR_DISCLOSURE = "clear_disclosure", "Remove or accept a match of the leak check"
    CLEAR_PUBLICATION = "clear_publication", "Clear the report for publication"
    PUBLISH = "publish", "Publish"
    WITHDRAW = "withdraw", "Withdraw from publication"
    RESPOND = "respond", "Write the board's response and its actions"
    CLOSE_ACTION = "close_action", "Close an action on evidence"
    SIGN_OFF_RAPID_REVIEW = "sign_off_rapid_review", "Sign off a rapid review for a partner"


_R, _W, _OR, _OW, _G = (
    Reach.READ,
    Reach.WRITE,
    Reach.OWN_READ,
    Reach.OWN_WRITE,
    Reach.ON_GRANT,
)

_DECIDERS = (Role.CHAIR, Role.LEAD_PARTNER, Role.DELEGATED_PARTNER)
_PARTNERS = (*_DECIDERS, Role.DEPUTY_PARTNER)
_REVIEWERS = (Role.LEAD_REVIEWER, Role.SECOND_REVIEWER)

_DECIDER_CELLS = {
    Kind.CASE: _R,
    Kind.IDENTITIES: _R,
    Kind.REFERRAL: _R,
    Kind.AGENCY_RETURN: _R,
    Kind.CHRONOLOGY: _R,
    Kind.FAMILY: _R,
    Kind.ANALYSIS: _R,
    Kind.DRAFT: _R,
    Kind.DECISION: _W,
    Kind.SENT_TO_PANEL: _R,
    Kind.DISCLOSURE: _W,
    Kind.PUBLISHED: _R,
    Kind.MEMBERS: _R,
    Kind.AUDIT: _R,
}
_REVIEWER_CELLS = {
    Kind.CASE: _R,
    Kind.IDENTITIES: _R,
    Kind.REFERRAL: _R,
    Kind.AGENCY_RETURN: _R,
    Kind.CHRONOLOGY: _W,
    Kind.CONVERSATIONS: _W,
    Kind.FAMILY: _W,
    Kind.ANALYSIS: _W,
    Kind.DRAFT: _W,
    Kind.DECISION: _R,
    Kind.SENT_TO_PANEL: _R,
    Kind.DISCLOSURE: _R,
    Kind.PUBLISHED: _R,
    Kind.MEMBERS: _R,
}
_BODY_CELLS = {
    Kind.CASE: _R,
    Kind.IDENTITIES: _R,
    Kind.REFERRAL: _R,
    Kind.AGENCY_RETURN: _R,
    Kind.CHRONOLOGY: _R,
    Kind.FAMILY: _R,
    Kind.ANALYSIS: _R,
    Kind.DRAFT: _R,
    Kind.DECISION: _R,
    Kind.SENT_TO_PANEL: _R,
    Kind.PUBLISHED: _R,
    Kind.MEMBERS: _R,
}
_AGENCY_CELLS = {
    Kind.CASE: _R,
    Kind.REFERRAL: _OR,
    Kind.AGENCY_RETURN: _OW,
    Kind.CHRONOLOGY: _OR,
    Kind.PUBLISHED: _R,
}
_OUTSIDE_CELLS = {
    Kind.CASE: _R,
    Kind.REFERRAL: _G,
    Kind.AGENCY_RETURN: _G,
    Kind.CHRONOLOGY: _G,
    Kind.CONVERSATIONS: _G,
    Kind.DRAFT: _G,
    Kind.PUBLISHED: _R,
}

RECORDS: dict[Role, dict[Kind, Reach]] = {
    **dict.fromkeys(_PARTNERS, _DECIDER_CELLS),
    Role.SCRUTINEER: _BODY_CELLS,
    Role.BUSINESS_MANAGER: {kind: _W for kind in Kind if kind is not Kind.CONVERSATIONS},
    Role.SUB_GROUP: _BODY_CELLS,
    Role.REVIEW_PANEL: _BODY_CELLS,
    **dict.fromkeys(_REVIEWERS, _REVIEWER_CELLS),
    Role.AGENCY_AUTHOR: _AGENCY_CELLS,
    Role.SIGNING_OFF_MANAGER: _AGENCY_CELLS,
    Role.NOTIFIER: {Kind.CASE: _R, Kind.REFERRAL: _W, Kind.PUBLISHED: _R},
    Role.LEGAL_ADVISER: {kind: _R for kind in Kind if kind not in (Kind.DISCLOSURE, Kind.MEMBERS)}
    | {Kind.DISCLOSURE: _W, Kind.MEMBERS: _R},
    Role.POLICE_LIAISON: _OUTSIDE_CELLS | {Kind.IDENTITIES: _G},
    Role.CORONER: _OUTSIDE_CELLS | {Kind.IDENTITIES: _G, Kind.FAMILY: _G},
    # The panel reads what was sent to it, and anything else only under a dated, recorded grant.
    Role.PANEL_ADVISER: {
        Kind.CASE: _R,
        Kind.SENT_TO_PANEL: _R,
        Kind.REFERRAL: _G,
        Kind.AGENCY_RETURN: _G,
        Kind.DRAFT: _G,
        Kind.DECISION: _G,
        Kind.PUBLISHED: _R,
    },
    Role.ACTION_OWNER: {Kind.CASE: _R, Kind.PUBLISHED: _R},
    Role.COMMUNICATIONS_LEAD: {Kind.CASE: _R, Kind.PUBLISHED: _R},
    Role.LIBRARIAN: {},
    Role.ADMINISTRATOR: {},
}

ACTS: dict[Act, frozenset[Role]] = {
    Act.NOTIFY: frozenset({Role.NOTIFIER}),
    Act.RECOMMEND: frozenset({Role.SUB_GROUP}),
    Act.DECIDE: frozenset(_DECIDERS),
    Act.COMMISSION: frozenset({*_DECIDERS, Role.BUSINESS_MANAGER}),
    Act.SCREEN: frozenset({Role.BUSINESS_MANAGER}),
    Act.ASK_AGENCIES: frozenset({Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER}),
    Act.FILE_FOR_AGENCY: frozenset({Role.BUSINESS_MANAGER}),
    Act.SIGN_OFF_RETURN: frozenset({Role.SIGNING_OFF_MANAGER}),
    Act.MANAGE_MEMBERS: frozenset({Role.BUSINESS_MANAGER, Role.CHAIR}),
    Act.HEAR: frozenset(_REVIEWERS),
    Act.CLEAR_DISCLOSURE: frozenset(
        {*_DECIDERS, *_REVIEWERS, Role.BUSINESS_MANAGER, Role.LEGAL_ADVISER}
    ),
    Act.CLEAR_PUBLICATION: frozenset({*_DECIDERS, Role.LEGAL_ADVISER, Role.BUSINESS_MANAGER}),
    Act.PUBLISH: frozenset(_DECIDERS),
    Act.WITHDRAW: frozenset({*_DECIDERS, Role.LEGAL_ADVISER}),
    Act.RESPOND: frozenset({*_DECIDERS, Role.BUSINESS_MANAGER}),
    Act.CLOSE_ACTION: frozenset({*_DECIDERS, Role.BUSINESS_MANAGER, Role.SUB_GROUP}),
    Act.SIGN_OFF_RAPID_REVIEW: frozenset({Role.LEAD_PARTNER, Role.DELEGATED_PARTNER}),
}

# The actor names that the guidance's process tables and their test vectors use.
PROCESS_ACTORS: dict[str, frozenset[Role]] = {
    "local_authority": frozenset({Role.NOTIFIER}),
    "business_manager": frozenset({Role.BUSINESS_MANAGER}),
    "business_unit": frozenset({Role.BUSINESS_MANAGER}),
    "sub_group": frozenset({Role.SUB_GROUP}),
    "chair": frozenset({Role.CHAIR}),
    "safeguarding_partners": frozenset({Role.LEAD_PARTNER, Role.DELEGATED_PARTNER}),
    "national_panel": frozenset({Role.PANEL_ADVISER}),
    "lead_reviewer": frozenset(_REVIEWERS),
    "legal_adviser": frozenset({Role.LEGAL_ADVISER}),
    "action_owner": frozenset({Role.ACTION_OWNER}),
    "board": frozenset({Role.CHAIR}),
    "board_vote": frozenset(),
    "hospital": frozenset({Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER}),
    "police": frozenset({Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER, Role.POLICE_LIAISON}),
}
