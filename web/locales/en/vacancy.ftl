form-full_time = Full time
form-part_time = Part time
form-temporary = Temporary
form-seasonal = Seasonal
form-public_welfare = Public-welfare post
form-trainee = Trainee
benefit-insurance = Social insurance
benefit-housing_fund = Housing fund
benefit-board = Meals provided
benefit-lodging = Lodging provided
benefit-weekend = Two days off a week
benefit-bonus = Year-end bonus
benefit-transport = Transport to work
benefit-training = Training before the start
experience_any = Any experience
experience_none = No experience needed
experience_up_to = Up to { $time } of experience
experience_range = { $min }–{ $max } years of experience
experience_from = { $time } of experience or more
headcount = { $count ->
    [one] 1 opening
   *[other] { $count } openings
}
headcount_some = Several openings
distance_m = within { $metres } m
distance_km = about { $km } km
form_unknown = “{ $value }” is not a form of work. Use one of: { $valid }.
benefit_unknown = “{ $value }” is not a benefit. Use one of: { $valid }.
state_unknown = “{ $value }” is not a state of a vacancy. Use one of: { $valid }.
