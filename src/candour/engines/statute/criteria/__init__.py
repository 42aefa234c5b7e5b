"""The tests that rule sets name: each reads the facts of a case and answers with a finding and a
reason.

A rule set may only name a test that stands here, so a new rule set is a data file unless the law
asks something new.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from candour.engines.statute.criteria import child, circumstances, place, working_together
from candour.engines.statute.facts import CaseFacts
from candour.engines.statute.findings import Tested
from candour.engines.statute.rulesets import RuleSet

Test = Callable[[CaseFacts, RuleSet], Tested]

TESTS: Mapping[str, Test] = MappingProxyType(
    {
        "under_age": child.under_age,
        "abuse_or_neglect": child.abuse_or_neglect,
        "died": child.died,
        "seriously_harmed": child.seriously_harmed,
        "harmed_others": child.harmed_others,
        "harmed_others_may_count": child.harmed_others_may_count,
        "sexual_abuse_harm": child.sexual_abuse_harm,
        "other_harm": child.other_harm,
        "concern_about_working_together": working_together.concern_about_working_together,
        "concern_shown": working_together.concern_shown,
        "concern_unclear": working_together.concern_unclear,
        "concern_not_ruled_out": working_together.concern_not_ruled_out,
        "violent_assault_listed": working_together.violent_assault_listed,
        "parent_murdered": working_together.parent_murdered,
        "died_in_custody": circumstances.died_in_custody,
        "died_detained_under_mental_health_act": circumstances.died_detained,
        "died_deprived_of_liberty": circumstances.died_deprived_of_liberty,
        "looked_after_died": circumstances.looked_after_died,
        "looked_after_seriously_harmed": circumstances.looked_after_seriously_harmed,
        "died_in_regulated_setting": circumstances.died_in_regulated_setting,
        "care_leaver_died": circumstances.care_leaver_died,
        "in_area": place.in_area,
        "normally_resident": place.normally_resident,
        "resident_and_outside_england": place.resident_and_outside_england,
        "looked_after_by_us": place.looked_after_by_us,
        "concerns_our_authority": place.concerns_our_authority,
        "looked_after_and_ours_to_tell": place.looked_after_and_ours_to_tell,
    }
)
