part-skills = Skills
part-occupation = Occupation
part-place = Place
part-wage = Pay
part-experience = Experience
part-education = Education
part-freshness = Newly posted
part-living = Board and lodging
part-form = Kind of contract
part-answer = Employer answers
part-untold = What no form tells
candidate = Jobseeker #{ $label }
skills_had = { $reader ->
    [you] You have what the post needs: { $skills }
   *[them] Has what the post needs: { $skills }
}
licence_held = { $reader ->
    [you] You hold what the law asks for here: { $skills }
   *[them] Holds what the law asks for here: { $skills }
}
paper_held = { $reader ->
    [you] You hold what the post asks for: { $skills }
   *[them] Holds what the post asks for: { $skills }
}
skills_akin = { $reader ->
    [you] Needed, and you can do something close to it, which counts in part: { $skills }
   *[them] Needed, and the person can do something close to it, which counts in part: { $skills }
}
skills_missing = { $reader ->
    [you] Also needed, and not on your file: { $skills }
   *[them] Also needed, and not on record: { $skills }
}
skills_missing-remedy = { $reader ->
    [you] If you can do it, have it added at the counter; if not, ask about training.
   *[them] Check with the person, or suggest training.
}
paper_missing = { $reader ->
    [you] Also needed, and not on your file: { $skills }
   *[them] Also needed, and not on record: { $skills }
}
paper_missing-remedy = { $reader ->
    [you] If you hold it, bring it to the counter; if not, ask about training for it.
   *[them] If the person holds it, check it and add it; if not, suggest training for it.
}
paper_extra = Would help, but is not a must: { $skills }
paper_extra-remedy = { $reader ->
    [you] If you hold it, have it added and the post will rank higher.
   *[them] Check with the person.
}
skills_extra = Would help, but is not a must: { $skills }
skills_extra-remedy = { $reader ->
    [you] If you can do it, have it added and the post will rank higher.
   *[them] Check with the person.
}
skills_untold = { $reader ->
    [you] Tell us your skills for a better result. The post mentions: { $skills }
   *[them] No skills are on record for this person. The post mentions: { $skills }
}
post_skills_untold = The post does not say which skills it needs
occupation_wished = { $reader ->
    [you] This is the work you are looking for: { $wish }
   *[them] This is the work looked for: { $wish }
}
occupation_near = { $reader ->
    [you] { $occupation } belongs to the same group of work as { $wish }, which you want
   *[them] { $occupation } belongs to the same group of work as { $wish }, which is wanted
}
occupation_akin = { $reader ->
    [you] { $occupation } is a related trade to { $wish }, which you want
   *[them] { $occupation } is a related trade to { $wish }, which is wanted
}
occupation_moved = { $reader ->
    [you] { $occupation } is close to the work you want, { $wish }: it asks for much the same, or people often move to it
   *[them] { $occupation } is close to the work wanted, { $wish }: it asks for much the same, or people often move to it
}
occupation_far = { $reader ->
    [you] { $occupation } is rather different from { $wish }, which you want
   *[them] { $occupation } is rather different from { $wish }, which is wanted
}
occupation_far-remedy = { $reader ->
    [you] If you would do this work too, add it to what you are looking for.
   *[them] Ask whether the person would do this work.
}
occupation_other = { $reader ->
    [you] { $occupation } is another kind of work than { $wish }, which you want
   *[them] { $occupation } is another kind of work than { $wish }, which is wanted
}
occupation_other-remedy = { $reader ->
    [you] If you would do this work too, add it to what you are looking for.
   *[them] Ask whether the person would do this work.
}
title_like = { $reader ->
    [you] The title of the post says what you are looking for
   *[them] The title of the post says what is looked for
}
title_other = { $reader ->
    [you] The same occupation, but the title names another line of it
   *[them] The same occupation, but the title names another line of it
}
title_other-remedy = { $reader ->
    [you] Read what the work consists of before you decide.
   *[them] Read together what the work consists of.
}
occupation_untold = { $reader ->
    [you] Tell us what work you want for a better result
   *[them] What work the person wants is not on record
}
post_occupation_untold = The kind of work could not be told from the post
place_township = { $reader ->
    [you] In { $region }, where you live
   *[them] In { $region }, where the person lives
}
place_county = { $reader ->
    [you] In { $region }: the county or district where you live
   *[them] In { $region }: the county or district where the person lives
}
place_city = { $reader ->
    [you] In { $region }, in the same area as your home
   *[them] In { $region }, in the same area as the person's home
}
place_near = { $reader ->
    [you] In { $region }, about { $km } km from your home
   *[them] In { $region }, about { $km } km from the person's home
}
place_named = { $reader ->
    [you] In { $region }, where you are willing to go
   *[them] In { $region }, where the person is willing to go
}
place_reluctant = { $reader ->
    [you] In { $region }, where you would go if need be
   *[them] In { $region }, where the person would go if need be
}
place_anywhere = { $reader ->
    [you] In { $region }, about { $km } km from your home; you are willing to go anywhere
   *[them] In { $region }, about { $km } km from the person's home, who is willing to go anywhere
}
place_far = { $reader ->
    [you] In { $region }, about { $km } km from your home, which is rather far
   *[them] In { $region }, about { $km } km from the person's home, which is rather far
}
place_far-remedy = { $reader ->
    [you] If you would work there, tell us where you are willing to go.
   *[them] Ask whether the person would work there.
}
home_untold = { $reader ->
    [you] The post is in { $region }. Tell us where you live for a better result
   *[them] The post is in { $region }; where the person lives is not on record
}
reach_untold = { $reader ->
    [you] Tell us how far and where you would go for a better result
   *[them] How far and where the person would go is not on record
}
place_abroad = { $reader ->
    [you] In another country; you would work abroad
   *[them] In another country; the person would work abroad
}
post_place_untold = The post does not say where the work is
pay_reaches = { $reader ->
    [you] Pays { $pay } a month, no less than the { $floor } you want
   *[them] Pays { $pay } a month, no less than the { $floor } wanted
}
pay_touches = { $reader ->
    [you] Pays { $pay } a month; the { $floor } you want is within it
   *[them] Pays { $pay } a month; the { $floor } wanted is within it
}
pay_untold = { $reader ->
    [you] Pays { $pay } a month. Tell us what you want to earn for a better result
   *[them] Pays { $pay } a month; what the person wants to earn is not on record
}
post_pay_untold = The pay is to be agreed; the post names no figure
experience_open = No experience is needed
experience_enough = { $reader ->
    [you] The post asks for { $asked } of experience; you have { $own }
   *[them] The post asks for { $asked } of experience; the person has { $own }
}
experience_short = { $reader ->
    [you] The post asks for { $asked } of experience; you told us { $own }
   *[them] The post asks for { $asked } of experience; { $own } is on record
}
experience_short-remedy = { $reader ->
    [you] You may still try: say clearly what you have done.
   *[them] Ask the employer whether less would do.
}
experience_none = { $reader ->
    [you] The post asks for { $asked } of experience; you told us that you have none yet
   *[them] The post asks for { $asked } of experience; the person has none yet
}
experience_none-remedy = { $reader ->
    [you] Odd jobs, an apprenticeship or a placement count too: have them added, or ask whether the employer takes beginners.
   *[them] Ask what odd jobs or placements the person has done, and whether the employer takes beginners.
}
experience_meant_none = { $reader ->
    [you] By its title the post usually takes { $asked } of experience; you told us that you have none yet
   *[them] By its title the post usually takes { $asked } of experience; the person has none yet
}
experience_meant_none-remedy = { $reader ->
    [you] Odd jobs, an apprenticeship or a placement count too: have them added, or ask whether the employer takes beginners.
   *[them] Ask what odd jobs or placements the person has done, and whether the employer takes beginners.
}
experience_meant = { $reader ->
    [you] By its title the post usually takes { $asked } of experience; you told us { $own }
   *[them] By its title the post usually takes { $asked } of experience; { $own } is on record
}
experience_meant-remedy = { $reader ->
    [you] You may still try: say clearly what you have done.
   *[them] Ask the employer whether less would do.
}
experience_beginner = { $reader ->
    [you] The post is for beginners; you have { $own } of experience
   *[them] The post is for beginners; the person has { $own } of experience
}
experience_beginner-remedy = { $reader ->
    [you] If you would begin anew, tell us that you would take a trainee’s post.
   *[them] Ask whether the person would begin anew.
}
experience_untold = { $reader ->
    [you] The post asks for { $asked } of experience. Tell us yours for a better result
   *[them] The post asks for { $asked } of experience; none is on record
}
education_enough = { $reader ->
    [you] The post asks for { $asked }; yours is { $own }, which will do
   *[them] The post asks for { $asked }; the person's is { $own }, which will do
}
education_short = { $reader ->
    [you] The post asks for { $asked }; you told us { $own }
   *[them] The post asks for { $asked }; { $own } is on record
}
education_short-remedy = { $reader ->
    [you] Ask the employer whether experience or a certificate would do instead.
   *[them] Ask the employer whether experience or a certificate would do instead.
}
education_untold = { $reader ->
    [you] The post asks for { $asked }. Tell us yours for a better result
   *[them] The post asks for { $asked }; no education is on record
}
posted_lately = { $days ->
    [0] Posted today
    [one] Posted yesterday
   *[other] Posted { $days } days ago
}
living_given = { $reader ->
    [you] You need this, and the post gives it: { $benefits }
   *[them] Needed, and the post gives it: { $benefits }
}
living_missing = { $reader ->
    [you] You need this, and the post does not mention it: { $benefits }
   *[them] Needed, and the post does not mention it: { $benefits }
}
living_missing-remedy = Ask the employer first.
post_living_untold = { $reader ->
    [you] You need this: { $benefits }. The post says nothing of what it gives; ask first
   *[them] Needed: { $benefits }. The post says nothing of what it gives
}
form_wanted = { $reader ->
    [you] The kind of contract you want: { $form }
   *[them] The kind of contract wanted: { $form }
}
post_form_untold = The post does not say what kind of contract it is
closed = The post is closed
closed-remedy = Look at other posts of the kind.
limit-closed = Closed
under_age = { $reader ->
    [you] By law nobody may work before the age of { $age }, which you have not reached
   *[them] By law nobody may work before the age of { $age }, which the person has not reached
}
under_age-remedy = Ask about school or free training.
limit-under_age = Under the legal working age
licence_missing = { $reader ->
    [you] By law this work needs { $skills }, which you have not told us of
   *[them] By law this work needs { $skills }, which is not on record
}
licence_missing-remedy = { $reader ->
    [you] If you hold it, bring it to the counter; if not, ask about training for it.
   *[them] If the person holds it, check it and add it; if not, suggest training for it.
}
licence_missing_by = { $reader ->
    [you] By law this work needs { $skills }, which you have not told us of ({ $law })
   *[them] By law this work needs { $skills }, which is not on record ({ $law })
}
licence_missing_by-remedy = { $reader ->
    [you] If you hold it, bring it to the counter; if not, ask about training for it.
   *[them] If the person holds it, check it and add it; if not, suggest training for it.
}
law_joint = {"; "}
limit-licence_missing = A licence that the law asks for is missing
too_far = { $reader ->
    [you] About { $km } km from your home, farther than you would go
   *[them] About { $km } km from the person's home, farther than the person would go
}
too_far-remedy = { $reader ->
    [you] If you would work there, tell us where you are willing to go.
   *[them] Ask whether the person would work there.
}
limit-too_far = Too far, and no wish to go there on record
abroad = { $reader ->
    [you] The work is in another country, and you have not said that you would go abroad
   *[them] The work is in another country, and no wish to go abroad is on record
}
abroad-remedy = { $reader ->
    [you] If you would work abroad, name it among the places where you would go.
   *[them] Ask whether the person would work abroad.
}
limit-abroad = In another country, and no wish to go abroad on record
below_floor = { $reader ->
    [you] Pays { $pay } a month, less than the { $floor } you want
   *[them] Pays { $pay } a month, less than the { $floor } wanted
}
below_floor-remedy = { $reader ->
    [you] If you would accept it, lower what you want to earn.
   *[them] Talk with the person about what is wanted.
}
limit-below_floor = Pays less than wanted
form_unwanted = { $reader ->
    [you] It is { $form }, not the kind of contract you want
   *[them] It is { $form }, not the kind of contract wanted
}
form_unwanted-remedy = { $reader ->
    [you] If you would accept it, add it to what you are looking for.
   *[them] Ask whether the person would accept it.
}
limit-form_unwanted = Another kind of contract than wanted
employer_answers = This employer answered { $percent } of every 100 applications
by_version = Scored with version { $version } of the weights.
not_yet = Posts and people are being read, so there are no matches yet.
not_yet-remedy = Open this page again in half a minute.
ways = What would open more posts
ways_untold = { $reader ->
    [you] Tell us what work you want, in the usual word for it: then this says what would open more posts to you.
   *[them] What work the person wants is not on record, or its word was not understood. Once it is, this says what would open more posts.
}
gap_licence = { $reader ->
    [you] { $skills }: once you hold it or have it added, { $posts ->
        [one] 1 more post
       *[other] { $posts } more posts
    } in the work you want
   *[them] { $skills }: once held or added, { $posts ->
        [one] 1 more post
       *[other] { $posts } more posts
    } in the work wanted
}
gap_paper = { $reader ->
    [you] { $skills }: once you hold it or have it added, you have all that { $posts ->
        [one] 1 post asks
       *[other] { $posts } posts ask
    } for
   *[them] { $skills }: once held or added, the person has all that { $posts ->
        [one] 1 post asks
       *[other] { $posts } posts ask
    } for
}
gap_skill = { $reader ->
    [you] { $skills }: once you have learnt it or had it added, you have all that { $posts ->
        [one] 1 post asks
       *[other] { $posts } posts ask
    } for
   *[them] { $skills }: once learnt or added, the person has all that { $posts ->
        [one] 1 post asks
       *[other] { $posts } posts ask
    } for
}
gap_reach = Going as far as { $km } km from home: { $posts ->
    [one] 1 more post
   *[other] { $posts } more posts
}
gap_away = Working away from home, as far as about { $km } km: { $posts ->
    [one] 1 more post
   *[other] { $posts } more posts
}
gap_floor = Accepting { $floor } a month: { $posts ->
    [one] 1 more post
   *[other] { $posts } more posts
}
gap_form = Accepting this kind of contract as well, { $form }: { $posts ->
    [one] 1 more post
   *[other] { $posts } more posts
}
training = { $name }; { $examiner } (see { $source }). A guide only: what the authority asks for today holds. Ask at the counter when the next one begins.
limit-no_post = Nobody offers such work
trade_not_told = No work on record, or its word not understood
not_told = Not on record
weights = Weights of matching
weights_text = How much each part counts in a score. No old version is ever changed, and every result names the version it was made with.
weights_who = Managers of the service set the weights; here you see what holds and what held before.
weights_next = Next version
weights_sum = From “Skills” to “The employer’s answers” the numbers must add up to 1,000.
weights_save = Save as a new version
versions = All versions
version = Version { $version }
holds = in force
from_day = From { $day } on
valid_from = In force from
basis = Reason
basis-1 = First weights: skills and occupation make up half, place and pay a quarter
basis-2 = What nobody has told is left out; a small doubt keeps those who tell nothing from coming first
basis-3 = The employer’s answers to applications count as well
basis-4 = By judged lists: the kind of work and the place first; what is left unsaid raises the doubt
basis_hint = Who decided it and why, for whoever reads it later.
weight-skills = Skills
weight-occupation = Occupation
weight-place = Place
weight-wage = Pay
weight-experience = Experience
weight-education = Education
weight-freshness = Newly posted
weight-living = Board and lodging
weight-form = Kind of contract
weight-answer = The employer’s answers
weight-doubt = What no form tells (the same for everybody)
weight-untold = How much of a part that is not told counts as doubt (thousandths)
weight-title = How much of the occupation the words of the title decide (thousandths)
weight-must = A skill that is a must (one that would help is 100)
weight-half_km = Kilometres after which a place is worth half
weight-usual_reach_km = Kilometres for those who named no distance
weight-fresh_days = Days after which a post is not new
weight-notice = Lowest score for a notice (of 100,000)
weight_out_of_range = This must be between { $least } and { $most }.
weight_out_of_range-remedy = Write a whole number within these bounds.
weight_sum = The parts add up to { $sum }; they must make { $whole }.
weight_sum-remedy = What one gains, others must lose.
weight_past = That day is over, and what was answered then stays.
weight_past-remedy = Choose today or a later day.
weight_before = A version that begins later is there already.
weight_before-remedy = Do not begin before the newest version.
weight_reason = There is no reason.
weight_reason-remedy = Say who decided it, and why.
weight_malformed = “{ $value }” is not a whole number.
weight_malformed-remedy = Write a whole number.
weight_day = “{ $value }” was not understood as a day.
weight_day-remedy = Write it like 2026-12-01.
weight_unknown = There is no number “{ $value }”.
weight_unknown-remedy = There are: { $valid }.
unmatched = People without any fitting post
unmatched_text = People for whom, in the work they want, no open post is within reach: what stands in the way, and what would free most posts. Names are not shown.
unmatched_never = Nobody has counted yet.
unmatched_about = Counted on { $day }: { $people } people who look for work, { $posts } open posts; { $unmatched } people have none that fits. Version { $version } of the weights.
unmatched_nobody = There is nobody like that.
survey = Count again
surveying = Counting now: { $people } of { $whole } people looked at. Until this has ended, what was counted before is shown.
cells = By place and work
cell_people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
cell_why = What stands in the way:
cell_free = What would free most, for how many:
narrowed = Only:
free-licence = getting { $skill }
free-skill = learning { $skill }
free-reach = going farther
free-floor = accepting lower pay
free-form = accepting another kind of contract
download = Download as a table (CSV)
sums = In sum
by_limit = What stands in the way
by_place = Where they live
by_trade = What they want
people = The people
column-person = Jobseeker
column-region = Lives in
column-occupation = Wants
column-binding = What stands in the way
column-posts = Open posts of the trade
column-way = What would free most
column-freed = Posts that would free
binding_unknown = There is no limit “{ $value }”. There are: { $valid }.
