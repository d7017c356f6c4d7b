titles_out_of_range = That is not between 1 and { $most } titles
titles_out_of_range-remedy = Send at least one title, and at most { $most } at once
title_too_long = A title is longer than { $most } characters
title_too_long-remedy = Send the title alone, without the description of the work
