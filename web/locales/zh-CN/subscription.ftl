title = 岗位订阅
text = 有新岗位符合这些条件时，会在“通知”里告诉您，每个岗位只告诉一次。
keep = 有新岗位告诉我
all = 全部岗位
end = 不再订阅
none = 还没有订阅。找岗位时，点结果上方的“有新岗位告诉我”。
twice = 已经订阅过同样的条件。
many = 最多订阅 { $most } 项。
many-remedy = 先取消一项不再需要的。
long = 条件太长了。
not_understood = 没有看懂这个条件。
not_understood-remedy = 写成岗位列表地址里问号后面的部分，例如 q=焊工。
