opening = Preparing the database and the reference tables …
writing = Writing the demonstration's files and importing them (all firms, posts and people are made up) …
imported = {"  "}{ $file }: { $rows } rows
indexing = Building the search index …
ready =
    The demonstration is ready: { $vacancies } vacancies, { $jobseekers } jobseekers.
    { $refused } more rows have the slips that real files have and were refused; the upload pages say why.
    The files: { $files }
    Accounts: on this machine everything is open without one; the sign-in page names accounts for each role.
    Address: { $address }
    Stop with Ctrl-C.
