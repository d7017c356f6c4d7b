noun_unknown = “{ $value }” cannot be imported. Use one of: { $valid }.
layout_malformed = The mapping file is not right: { $reason }
layout_malformed-remedy = It is a TOML file with a line “heading = field” for every column; copy one from migrations/seed/layout and change it.
layout_unknown = There is no layout “{ $value }”. Use one of: { $valid }.
layout_other = The headings do not fit the layout “{ $layout }”. The first ten rows should have: { $wanted }.
layout_other-remedy = Try again without naming a layout, so that the headings are recognised, or choose column by column in the preview.
field_unknown = There is no field “{ $value }”. Use one of: { $valid }.
field_twice = Two columns were chosen for the same thing ({ $field }).
field_twice-remedy = Choose one column for each thing and leave the others out.
field_missing = { $field ->
    [title] Which column holds the job title is not known yet.
    [employer] Which column holds the employer is not known yet.
    [name] Which column holds the name is not known yet.
   *[other] Besides the name there must be a column with a citizen number, telephone, id, work wanted or place.
  }
field_missing-remedy = Look at the first rows in the preview and choose what this column holds.
place_code_unknown = There is no such region code; the place was read from its words.
place_code_unknown-remedy = Give a code in force with 6 digits (county) or 9 (township), or only the name.
place_ambiguous = More than one place has this name: { $places }.
place_ambiguous-remedy = Put the province or city before it.
place_not_understood = This place was not recognised. The text is kept.
place_not_understood-remedy = Write province, city and county, or the region code.
day_not_understood = This date was not recognised and counts as not given.
day_not_understood-remedy = Write it like 2026-03-01.
posting_none = There is no schema.org JobPosting in this file.
posting_none-remedy = Every vacancy is a JSON object with "@type": "JobPosting", alone, in an array or in "@graph".
posting_malformed = This is not valid JSON: { $reason }
field-key = Id
field-title = Job title
field-employer = Employer
field-credit_code = Social credit code
field-industry = Industry
field-ownership = Ownership
field-size = Size of the employer
field-about = About the employer, tags
field-occupation = Occupation, code or words
field-duties = Duties
field-requirements = Requirements
field-headcount = People wanted
field-place = Place
field-place_detail = Address
field-place_code = Region code
field-origin = Household register
field-wage = Wage
field-wage_min = Lowest wage
field-wage_max = Highest wage
field-wage_period = Wage period
field-education = Education
field-experience = Experience
field-contract = Contract form
field-benefits = Benefits
field-skills = Skills, certificates
field-contact = Contact
field-posted_on = Posted on
field-expires_on = Open until
field-name = Name
field-number = Citizen number
field-phone = Telephone
field-born_on = Date of birth
field-wish = Work wanted
field-wish_places = Places wanted
field-history = Work history
field-needs_lodging = Needs lodging
field-needs_board = Needs meals
field-reach_km = Daily reach, km
