list = Giving places
list_text = Where places are short (interviews at a fair, a labour order, seats in a class), they are given by both sides' wishes and by how well they fit. What each result was made of is kept with it, cannot be changed, and can be worked out again at any time.
new = Give places
none = No places have been given yet.
counts = { $people ->
    [one] 1 person
   *[other] { $people } people
  }, { $posts ->
    [one] 1 post
   *[other] { $posts } posts
  }, { $placed ->
    [one] 1 place given
   *[other] { $placed } places given
  }
find = First: choose the posts
find_hint = Post, employer, place
find_button = Search
found = Tick the posts to add
found_none = No other posts were found. Try another word.
add = Add them
title_label = Name
posts_label = Second: the places
number_label = No.
post_label = Post
seats_label = Places
posts_none = No post is chosen yet. Search for them above.
seats_text = A post with 0 places takes no part.
way_label = Third: by what rule
way-stable = Stable
way-optimal = Best overall
way-stable_text = No person and post would both rather have each other, so nobody can point at a pair that belonged together. Right for fairs.
way-optimal_text = As many people as possible get a place, and then the sum of the scores is the greatest. Somebody may miss a post that would have taken them. Right for labour orders and classes.
each_label = Most posts for one person
each_text = 1 for work; more for interviews.
quotas_label = Quotas by place (may be left empty)
quotas_text = One a line: the place and the number, for example “甘谷县 20”. For one post only, add its number: “甘谷县 20 1”.
people_label = Who takes part (may be left empty)
people_text = One person a line, by label, for example “A3F27”. Wishes stand after a colon, the dearest post's number first: “A3F27: 2 1 3”. Left empty, everybody who looks for work takes part, and wishes follow the scores.
make = Give the places
help = How it is done
help_ranks = People choose by their wishes, posts by how well people fit. Whoever cannot have a post (too far, a licence missing) does not ask for it.
help_ties = Of two with the same score, whoever registered first goes first.
help_quotas = A quota without a post's number holds at each post by itself. A county lies within its city: once the city's places are gone, so are the county's. Whoever's home is not known counts only against the post.
help_kept = People are shown by label, not by name.
promise = What was used, and what it promises
honest = Everybody got the best post that any stable result could give them. Nobody can do better by leaving wishes out or changing their order; saying what one wants is enough.
several = With several posts for each person there is still no person and post that would both rather have each other; but it is not promised that hiding wishes never helps.
proof-exact = { $placed } places were given; no way gives more than { $most }. The scores add up to { $sum }, and the prices of the places prove that no greater sum is possible.
proof-near = { $placed } places were given; no way gives more than { $most }. The scores add up to { $sum }, and the prices of the places prove that this is at most { $gap } points ({ $permille } in a thousand) from the greatest sum.
fetch_xlsx = Download (XLSX)
fetch_csv = Download (CSV)
verify = Work it out again
verified = Worked out again from what was kept: the result is the same to the last byte.
not_verified = Worked out again, the result differs from what was kept. Please tell the administrator.
post_empty = Nobody was given this post.
without = { $count ->
    [one] 1 person got no place
   *[other] { $count } people got no place
  }
without_each = The reason for each
without_more = At most 200 are listed here; the file has everybody.
why_nothing_fits = No post is possible
why_full = Wished for post { $post } most; its places went to people who fit better
why_quota = Wished for post { $post } most; the places for { $region } went to people who fit better
why_outweighed = Wished for post { $post } most; otherwise fewer people would have a place, or the sum would be less
ranks = {" "}(own score { $own }, the last to get one { $last })
head-person = Jobseeker
head-post_number = Post no.
head-post = Post
head-wish = Wish
head-score = Score
head-why = Why not the first wish
head-id = Full id
made_of_title = What it was made of
made_of = Data of { $day }, weights version { $weights }, up to record { $event }. Digest of what went in { $input }, of what came out { $outcome }.
way_unknown = There is no rule called “{ $value }”; there are: { $valid }.
title = Give it a name of at most { $most } characters.
posts = Choose between 1 and { $most } posts with at least one place.
posts-remedy = Search for posts at the top of the page, tick them and add them.
each = The most posts for one person must be between 1 and 20.
number = “{ $value }” is not a number that can be used here.
post_twice = The same post was chosen twice.
post_closed = One of the posts is closed or does not exist.
post_closed-remedy = Take it out and try again.
quota_line = Line { $row } of the quotas was not understood: { $value }
quota_line-remedy = Write “甘谷县 20”, or “甘谷县 20 1” for the first post only.
quota_twice = There are two quotas for { $region } at the same post.
quota_twice-remedy = Keep one line for each place and post.
person_unknown = Line { $row }: nobody who looks for work has the label “{ $value }”.
person_unknown-remedy = Copy the label from the jobseeker's page, or paste that page's address.
person_ambiguous = Line { $row }: more than one person has “{ $value }”.
person_ambiguous-remedy = Paste the address of the jobseeker's page.
person_twice = Line { $row } names somebody who is named above: { $value }
wish_unknown = Line { $row } wishes for a post number that does not exist: { $value }
wish_unknown-remedy = The numbers stand in the table of posts; put spaces between them.
nobody = There is nobody to take part.
nobody-remedy = Register jobseekers first, or check the list.
many_people = At most { $most } people at once.
many_people-remedy = Write a list, and do it in parts.
many_lines = Too many lines; at most { $most }.
