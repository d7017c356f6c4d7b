way-counter = Came to the window today
way-phone = Called today
way-visit = Visited today
way-message = Wrote today
way_unknown = There is no way “{ $value }”. Valid: { $valid }.
choose_some = Tick 1 to { $most } people.
