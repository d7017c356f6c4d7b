noun_unknown = 不能导入“{ $value }”，可以导入的有：{ $valid }。
layout_malformed = 对照文件写得不对：{ $reason }
layout_malformed-remedy = 对照文件是 TOML 格式，每行写“表头 = 字段”，可以照着 migrations/seed/layout 里的文件改。
layout_unknown = 没有名为“{ $value }”的表格格式，可用的有：{ $valid }。
layout_other = 文件的表头与“{ $layout }”格式对不上，前十行里应当有：{ $wanted }。
layout_other-remedy = 去掉指定的格式再试一次，程序会按表头识别；也可以在预览页上逐列选择。
field_unknown = 没有“{ $value }”这个字段，可用的有：{ $valid }。
field_twice = 有两列都选成了同一项内容（{ $field }）。
field_twice-remedy = 每项内容只选一列，其余的列选“不导入”。
field_missing = { $field ->
    [title] 还不知道哪一列是岗位名称。
    [employer] 还不知道哪一列是单位名称。
    [name] 还不知道哪一列是姓名。
   *[other] 除了姓名，还要有身份证号、电话、编号、求职工种或住址中的一列。
  }
field_missing-remedy = 请看预览里的前几行，为这一列选好内容。
place_code_unknown = 没有这个行政区划代码，已按文字判断地点。
place_code_unknown-remedy = 填 6 位（到县）或 9 位（到乡镇）的现行代码，或只写地名。
place_ambiguous = 叫这个名字的地方不止一个：{ $places }。
place_ambiguous-remedy = 在前面写上省或市，例如“甘肃省天水市秦州区”。
place_not_understood = 没有认出这是什么地方，已保留原文。
place_not_understood-remedy = 写成“省＋市＋县（区）”，或填行政区划代码。
day_not_understood = 没有认出这个日期，已按未填写处理。
day_not_understood-remedy = 写成“2026-03-01”的样子。
posting_none = 文件里没有 schema.org 的 JobPosting。
posting_none-remedy = 每个岗位是一个 JSON 对象，"@type" 为 "JobPosting"，可以放在数组或 "@graph" 里。
posting_malformed = 不是有效的 JSON：{ $reason }
field-key = 编号
field-title = 岗位名称
field-employer = 单位名称
field-credit_code = 统一社会信用代码
field-industry = 所属行业
field-ownership = 单位性质
field-size = 单位规模
field-about = 单位信息与标签
field-occupation = 职业（代码或名称）
field-duties = 岗位职责
field-requirements = 任职要求
field-headcount = 招聘人数
field-place = 地点
field-place_detail = 详细地址
field-place_code = 行政区划代码
field-origin = 户籍地
field-wage = 工资
field-wage_min = 最低工资
field-wage_max = 最高工资
field-wage_period = 计薪周期
field-education = 学历
field-experience = 工作经验
field-contract = 用工形式
field-benefits = 福利待遇
field-skills = 技能、证书
field-contact = 联系方式
field-posted_on = 发布日期
field-expires_on = 截止日期
field-name = 姓名
field-number = 身份证号
field-phone = 联系电话
field-born_on = 出生日期
field-wish = 求职工种
field-wish_places = 期望地区
field-history = 工作经历
field-needs_lodging = 是否需要住宿
field-needs_board = 是否需要就餐
field-reach_km = 通勤距离（公里）
