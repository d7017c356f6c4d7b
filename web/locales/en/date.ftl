today = today
yesterday = yesterday
days_ago = { $days } days ago
months = { $months ->
    [one] 1 month
   *[other] { $months } months
}
years = { $years ->
    [one] 1 year
   *[other] { $years } years
}
years_months = { $years ->
    [one] 1 year
   *[other] { $years } years
} { $months ->
    [one] 1 month
   *[other] { $months } months
}
