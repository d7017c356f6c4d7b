today = 今天
yesterday = 昨天
days_ago = { $days }天前
months = { $months } 个月
years = { $years } 年
years_months = { $years } 年 { $months } 个月
