title = Saved searches
text = When a new vacancy answers one of these, you are told under “Notices”, once for each vacancy.
keep = Tell me of new ones
all = All vacancies
end = Stop
none = None yet. When you look for work, press “Tell me of new ones” above the list.
twice = You have saved the same search already.
many = You can save { $most } searches.
many-remedy = Stop one that you no longer need.
long = The search is too long.
not_understood = The search was not understood.
not_understood-remedy = Write what follows the question mark in the address of the list, such as q=welder.
