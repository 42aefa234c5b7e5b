"""The words of the report, its findings and its briefing. All invented."""

from dataclasses import dataclass
from datetime import date

SECTIONS = {
    "introduction": """This review was held because a child of five was found badly hurt beneath a bedroom window at home, and neglect was suspected. Nine agencies had known the family over six years.

The purpose of a review is to learn. It does not say who is to blame, and it is not an inquiry into how the injury was caused: that is for the police and the courts.""",
    "daily_life": """Child R liked buses and knew their numbers. In the mornings there was toast when there was bread; some mornings an older sister made it. At nursery there was a peg with a picture of a hedgehog, and a carpet where children told each other their news.

What Child R said at school was written down by people who cared. The words were short, and they were about who was at home at night and who was not. The children were seen together far more often than they were seen alone, and nobody had written down a day in their lives.

> It was only my mum who asked.
> -- Mother""",
    "what_happened": """The family was known first to maternity services, then to health visiting, and later to a school, a housing association, the police, an alcohol service, probation, a hospital and children’s social care. No agency knew the whole. The table shows part of what each recorded, by month.""",
    "analysis": """Two stretches of practice were looked at closely because they say most about how agencies worked together, not because they came before the injury.""",
    "good_practice": """A nursery lead wrote down the children’s own words, with the date, every time. A neighbour rang when she was worried and rang again. A health visitor went back to a door that had not been opened. A grandmother asked to be told.""",
    "findings": """The findings are about how services work, and would be true for other children.""",
    "recommendations": """Each recommendation follows from a finding and says what should be different for children.""",
    "how_it_was_done": """The review waited four weeks for the agreement of the senior investigating officer before staff were spoken to.""",
    "conclusion": """People in nine agencies wrote things down and believed that writing was telling. What would have made a difference is small and hard: one place where the household is described and questioned, and somebody whose task it is to ask the children.""",
}


@dataclass(frozen=True)
class EpisodeText:
    """A key practice episode, its period, its factors and the words that lead to its entries."""

    title: str
    start: date
    end: date
    what_happened: str
    how_it_looked: str
    good_practice: str
    factors: tuple[tuple[str, str], ...]


EPISODES = (
    EpisodeText(
        "The referrals of 2012 and what came back",
        date(2012, 1, 1),
        date(2012, 12, 31),
        "Three agencies passed on concern about drinking and shouting in the household within a "
        "year. Each was answered on its own.",
        "To the duty team each referral looked like a single late-night argument; the earlier ones "
        "were on another record. To those who referred, silence looked like action being taken.",
        "The alcohol service wrote twice when its first letter was not answered.",
        (
            ("conditions", "Thirty-one children to a worker in the month of the second referral."),
            ("inter_agency", "No agreed way of saying what had come of a referral."),
        ),
    ),
    EpisodeText(
        "The winter before the injury",
        date(2014, 11, 1),
        date(2015, 2, 28),
        "The school wrote down what the children said about nights alone. A visit was planned and "
        "put off, and planned again.",
        "The teacher believed the notes were read. The social worker had been given the case in "
        "January and was meeting the family; what the school held had not reached her.",
        "The headteacher rang on the day she read the notes together.",
        (
            ("organisation", "Notes were kept in a book that nobody was asked to read as a whole."),
            ("team", "A team meeting was put off for lack of a room."),
        ),
    ),
)


@dataclass(frozen=True)
class FindingText:
    """A finding as the review states it, and what it rests on beside the chronology."""

    statement: str
    how_it_showed: str
    why_underlying: str
    how_widespread: str
    implications: str
    accounts: tuple[int, ...]
    cited: tuple[tuple[str, str], ...]


FINDINGS = (
    FindingText(
        "Who lives in a household is written once and rarely questioned, so that an adult who joins "
        "it may stay unseen by those who visit.",
        "Five agencies had five different households on record in the same year.",
        "Forms ask who lives there at the first contact. Nothing asks again.",
        "Practitioners at the event said they would have found the same in most of their cases.",
        "Risk is weighed for a family that is no longer there.",
        (2,),
        (
            ("research", "Studies of serious case reviews since 2003 on men in households"),
            ("earlier_review", "Two reviews from other areas in this archive speak of the same"),
        ),
    ),
    FindingText(
        "Writing down what a child says is taken for telling somebody.",
        "A school held eleven notes of the children’s words; none had been sent on.",
        "Recording systems reward recording. Nobody’s task is to read the whole.",
        "Schools and health services at the event described the same.",
        "Children believe they have told us.",
        (3,),
        (("policy", "The school’s safeguarding procedure then in force"),),
    ),
    FindingText(
        "An agency that refers does not learn what came of it, and reads silence as action.",
        "Of nine referrals three were answered in writing.",
        "Answering has no owner and no form.",
        "Known to the Board from an audit of the year before.",
        "Concern is not raised again when it should be.",
        (1, 4),
        (),
    ),
)


@dataclass(frozen=True)
class RecommendationText:
    """A recommendation: to whom, for what outcome, resting on which findings (by place); what is
    done about it, and what shows that it was done."""

    text: str
    addressee: str
    outcome: str
    findings: tuple[int, ...]
    action: str
    evidence: str
    where: str


RECOMMENDATIONS = (
    RecommendationText(
        "Agree one page that describes the household of a child known to more than one agency, and "
        "name who asks about it again and when.",
        "The Board",
        "An adult who joins a household is known to those who visit within a month.",
        (0,),
        "Write the page with three teams, try it for a term, then put it into every agency’s record.",
        "Of 60 records read in August 51 held the page; in 44 it had been asked about again.",
        "Audit of 9 September",
    ),
    RecommendationText(
        "Make reading children’s words as a whole somebody’s task in every school and nursery.",
        "Schools and nurseries",
        "What children say reaches somebody who can act, in the week they say it.",
        (1,),
        "Name a reader of children’s words in each school and nursery, with an hour a week for it.",
        "58 of 61 schools and nurseries have named a reader; each was rung and asked what they do.",
        "Return of designated leads, 12 September",
    ),
    RecommendationText(
        "Answer every referral in writing within five working days, saying what will be done.",
        "Children’s social care",
        "An agency that stays worried says so again.",
        (2,),
        "Put the answer to a referral on the duty team’s list of the day, and count what is late.",
        "Of 120 referrals in August 109 were answered in writing within five working days.",
        "Audit of 2 September",
    ),
)

BRIEFING = {
    "background": "A child of five lived with two siblings, their mother and, for part of the time, her partner.",
    "incident": "The child was found badly hurt beneath a bedroom window.",
    "why_it_matters": "Nine agencies each held a piece. Children had told people what nights were like.",
    "what_we_found": "Households change and records do not. Writing is taken for telling. Silence is read as action.",
    "good_practice": "A nursery lead wrote the children’s own words with the date, every time.",
    "what_to_do": "Ask who lives here now. Read children’s words as a whole. Answer referrals.",
    "questions_for_your_team": "When did you last ask who is at home at night? Who reads what children have said?",
}

LOOKED_AT_AGAIN = "Ask every school and nursery again who reads what children say, and read twenty notes with them."
