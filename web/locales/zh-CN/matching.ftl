part-skills = 技能
part-occupation = 职业
part-place = 地点
part-wage = 工资
part-experience = 经验
part-education = 学历
part-freshness = 新发布
part-living = 食宿
part-form = 用工形式
part-answer = 单位回复
part-untold = 表格里看不出的
candidate = 求职者 #{ $label }
skills_had = { $reader ->
    [you] 您会岗位需要的{ $skills }
   *[them] 会岗位需要的{ $skills }
}
licence_held = { $reader ->
    [you] 您有岗位依法要求的{ $skills }
   *[them] 有岗位依法要求的{ $skills }
}
paper_held = { $reader ->
    [you] 您有岗位需要的{ $skills }
   *[them] 有岗位需要的{ $skills }
}
skills_akin = { $reader ->
    [you] 岗位需要{ $skills }，您会的和这些相近，按一部分计分
   *[them] 岗位需要{ $skills }，会的和这些相近，按一部分计分
}
skills_missing = { $reader ->
    [you] 岗位还需要{ $skills }，您没有登记
   *[them] 岗位还需要{ $skills }，没有登记
}
skills_missing-remedy = { $reader ->
    [you] 如果您会，请到窗口补登；如果不会，可以问问有没有这方面的培训。
   *[them] 可以向本人核实，或介绍这方面的培训。
}
paper_missing = { $reader ->
    [you] 岗位还需要{ $skills }，您没有登记
   *[them] 岗位还需要{ $skills }，没有登记
}
paper_missing-remedy = { $reader ->
    [you] 如果您有证，请带证到窗口补登；没有的话，可以问问考证培训。
   *[them] 如果本人有证，请核验后补登；没有的话，可以介绍考证培训。
}
paper_extra = 有{ $skills }更好，不是必须
paper_extra-remedy = { $reader ->
    [you] 如果您有证，补登后会排得更前。
   *[them] 可以向本人核实。
}
skills_extra = 会{ $skills }更好，不是必须
skills_extra-remedy = { $reader ->
    [you] 如果您会，补登后会排得更前。
   *[them] 可以向本人核实。
}
skills_untold = { $reader ->
    [you] 岗位提到{ $skills }。您还没有登记技能，登记后结果会更准
   *[them] 岗位提到{ $skills }，求职者还没有登记技能
}
post_skills_untold = 岗位没有写明需要什么技能
occupation_wished = { $reader ->
    [you] 这就是您想做的工作：{ $wish }
   *[them] 这就是想做的工作：{ $wish }
}
occupation_near = { $reader ->
    [you] { $occupation }和您想做的{ $wish }是同一类工作
   *[them] { $occupation }和想做的{ $wish }是同一类工作
}
occupation_akin = { $reader ->
    [you] { $occupation }和您想做的{ $wish }是相近的行当
   *[them] { $occupation }和想做的{ $wish }是相近的行当
}
occupation_moved = { $reader ->
    [you] { $occupation }和您想做的{ $wish }本领相近，或常有人这样转行
   *[them] { $occupation }和想做的{ $wish }本领相近，或常有人这样转行
}
occupation_far = { $reader ->
    [you] { $occupation }和您想做的{ $wish }差别较大
   *[them] { $occupation }和想做的{ $wish }差别较大
}
occupation_far-remedy = { $reader ->
    [you] 如果也愿意做这一行，请把它加进求职意向。
   *[them] 可以问问本人愿不愿意做这一行。
}
occupation_other = { $reader ->
    [you] { $occupation }不是您想做的{ $wish }这一类
   *[them] { $occupation }不是想做的{ $wish }这一类
}
occupation_other-remedy = { $reader ->
    [you] 如果也愿意做这一行，请把它加进求职意向。
   *[them] 可以问问本人愿不愿意做这一行。
}
title_like = { $reader ->
    [you] 岗位名称和您想做的工作对得上
   *[them] 岗位名称和想做的工作对得上
}
title_other = { $reader ->
    [you] 虽是同一类职业，岗位名称说的是另一个方向
   *[them] 虽是同一类职业，岗位名称说的是另一个方向
}
title_other-remedy = { $reader ->
    [you] 看一看岗位写的工作内容，再决定要不要投。
   *[them] 先和本人一起看看岗位写的工作内容。
}
occupation_untold = { $reader ->
    [you] 您还没有登记想做什么工作，登记后结果会更准
   *[them] 求职者还没有登记想做什么工作
}
post_occupation_untold = 看不出岗位属于哪种职业
place_township = { $reader ->
    [you] 就在您住的{ $region }
   *[them] 就住在{ $region }
}
place_county = { $reader ->
    [you] 在{ $region }，和您家在同一个区县
   *[them] 在{ $region }，和住处在同一个区县
}
place_city = { $reader ->
    [you] 在{ $region }，和您家在同一个地区
   *[them] 在{ $region }，和住处在同一个地区
}
place_near = { $reader ->
    [you] 在{ $region }，离您家约 { $km } 公里
   *[them] 在{ $region }，离住处约 { $km } 公里
}
place_named = { $reader ->
    [you] 在{ $region }，是您愿意去的地方
   *[them] 在{ $region }，是愿意去的地方
}
place_reluctant = { $reader ->
    [you] 在{ $region }，您登记了需要时可以去
   *[them] 在{ $region }，登记了需要时可以去
}
place_anywhere = { $reader ->
    [you] 在{ $region }，离您家约 { $km } 公里；您登记了愿意去外地
   *[them] 在{ $region }，离住处约 { $km } 公里；登记了愿意去外地
}
place_far = { $reader ->
    [you] 在{ $region }，离您家约 { $km } 公里，有些远
   *[them] 在{ $region }，离住处约 { $km } 公里，有些远
}
place_far-remedy = { $reader ->
    [you] 如果愿意去那里工作，请登记愿意去的地方。
   *[them] 可以问问本人愿不愿意去那里工作。
}
home_untold = { $reader ->
    [you] 岗位在{ $region }。您还没有登记住在哪里，登记后结果会更准
   *[them] 岗位在{ $region }，求职者还没有登记住处
}
reach_untold = { $reader ->
    [you] 您还没有登记愿意走多远、愿意去哪里，登记后结果会更准
   *[them] 求职者还没有登记愿意走多远、愿意去哪里
}
place_abroad = { $reader ->
    [you] 在境外，您登记了愿意出国工作
   *[them] 在境外，登记了愿意出国工作
}
post_place_untold = 岗位没有写明工作地点
pay_reaches = { $reader ->
    [you] 月工资 { $pay }，不低于您期望的 { $floor }
   *[them] 月工资 { $pay }，不低于期望的 { $floor }
}
pay_touches = { $reader ->
    [you] 月工资 { $pay }，做得好可以达到您期望的 { $floor }
   *[them] 月工资 { $pay }，高的可以达到期望的 { $floor }
}
pay_untold = { $reader ->
    [you] 月工资 { $pay }。您还没有登记期望工资，登记后结果会更准
   *[them] 月工资 { $pay }，求职者还没有登记期望工资
}
post_pay_untold = 工资面议，岗位没有写明数目
experience_open = 岗位不要求经验
experience_enough = { $reader ->
    [you] 岗位要求 { $asked }经验，您有 { $own }
   *[them] 岗位要求 { $asked }经验，有 { $own }
}
experience_short = { $reader ->
    [you] 岗位要求 { $asked }经验，您登记的是 { $own }
   *[them] 岗位要求 { $asked }经验，登记的是 { $own }
}
experience_short-remedy = { $reader ->
    [you] 经验不够也可以试试，说清楚您做过什么。
   *[them] 可以问问单位能不能放宽。
}
experience_none = { $reader ->
    [you] 岗位要求 { $asked }经验，您登记的是还没有工作经验
   *[them] 岗位要求 { $asked }经验，登记的是还没有工作经验
}
experience_none-remedy = { $reader ->
    [you] 做过零工、学徒、实习也算，可以补登；也可以直接问单位要不要新手。
   *[them] 可以问问本人做过什么零工、实习，再问单位要不要新手。
}
experience_meant_none = { $reader ->
    [you] 从岗位名称看，一般要 { $asked }经验，您登记的是还没有工作经验
   *[them] 从岗位名称看，一般要 { $asked }经验，登记的是还没有工作经验
}
experience_meant_none-remedy = { $reader ->
    [you] 做过零工、学徒、实习也算，可以补登；也可以直接问单位要不要新手。
   *[them] 可以问问本人做过什么零工、实习，再问单位要不要新手。
}
experience_meant = { $reader ->
    [you] 从岗位名称看，一般要 { $asked }经验，您登记的是 { $own }
   *[them] 从岗位名称看，一般要 { $asked }经验，登记的是 { $own }
}
experience_meant-remedy = { $reader ->
    [you] 经验不够也可以试试，说清楚您做过什么。
   *[them] 可以问问单位能不能放宽。
}
experience_beginner = { $reader ->
    [you] 岗位是招新手的，您已经有 { $own }经验
   *[them] 岗位是招新手的，登记的经验有 { $own }
}
experience_beginner-remedy = { $reader ->
    [you] 如果愿意从头学起，可以登记实习、见习。
   *[them] 可以问问本人愿不愿意从头学起。
}
experience_untold = { $reader ->
    [you] 岗位要求 { $asked }经验。您还没有登记工作年限，登记后结果会更准
   *[them] 岗位要求 { $asked }经验，求职者还没有登记工作年限
}
education_enough = { $reader ->
    [you] 岗位要求{ $asked }，您是{ $own }，符合
   *[them] 岗位要求{ $asked }，学历是{ $own }，符合
}
education_short = { $reader ->
    [you] 岗位要求{ $asked }，您登记的是{ $own }
   *[them] 岗位要求{ $asked }，登记的是{ $own }
}
education_short-remedy = { $reader ->
    [you] 可以先问问单位，有经验或有证书能不能放宽。
   *[them] 可以问问单位，有经验或有证书能不能放宽。
}
education_untold = { $reader ->
    [you] 岗位要求{ $asked }。您还没有登记学历，登记后结果会更准
   *[them] 岗位要求{ $asked }，求职者还没有登记学历
}
posted_lately = { $days ->
    [0] 今天刚发布
    [1] 昨天发布
   *[other] { $days } 天前发布
}
living_given = { $reader ->
    [you] 您需要的{ $benefits }，岗位有
   *[them] 需要的{ $benefits }，岗位有
}
living_missing = { $reader ->
    [you] 您需要{ $benefits }，岗位没有写
   *[them] 需要{ $benefits }，岗位没有写
}
living_missing-remedy = 请先向单位问清楚。
post_living_untold = { $reader ->
    [you] 您需要{ $benefits }，岗位没有写明待遇，请先问单位
   *[them] 需要{ $benefits }，岗位没有写明待遇
}
form_wanted = { $reader ->
    [you] { $form }，是您想要的用工形式
   *[them] { $form }，是想要的用工形式
}
post_form_untold = 岗位没有写明用工形式
closed = 岗位已经结束
closed-remedy = 可以看看同类的其他岗位。
limit-closed = 已经结束
under_age = { $reader ->
    [you] 依照法律，满 { $age } 周岁才能工作，您还没有到
   *[them] 依照法律，满 { $age } 周岁才能工作，求职者还没有到
}
under_age-remedy = 可以咨询就学或免费的技能培训。
limit-under_age = 未到法定工作年龄
licence_missing = { $reader ->
    [you] 依法要有{ $skills }才能做，您没有登记
   *[them] 依法要有{ $skills }才能做，没有登记
}
licence_missing-remedy = { $reader ->
    [you] 如果已经有证，请带证到窗口补登；没有的话，可以问问考证培训。
   *[them] 如果本人已经有证，请核验后补登；没有的话，可以介绍考证培训。
}
licence_missing_by = { $reader ->
    [you] 依法要有{ $skills }才能做，您没有登记（依据：{ $law }）
   *[them] 依法要有{ $skills }才能做，没有登记（依据：{ $law }）
}
licence_missing_by-remedy = { $reader ->
    [you] 如果已经有证，请带证到窗口补登；没有的话，可以问问考证培训。
   *[them] 如果本人已经有证，请核验后补登；没有的话，可以介绍考证培训。
}
law_joint = ；
limit-licence_missing = 缺少依法要有的证
too_far = { $reader ->
    [you] 离您家约 { $km } 公里，超出您登记的范围
   *[them] 离住处约 { $km } 公里，超出登记的范围
}
too_far-remedy = { $reader ->
    [you] 如果愿意去那里工作，请登记愿意去的地方。
   *[them] 可以问问本人愿不愿意去那里工作。
}
limit-too_far = 太远，也没有登记愿意去
abroad = { $reader ->
    [you] 工作地点在境外，您没有登记愿意出国
   *[them] 工作地点在境外，没有登记愿意出国
}
abroad-remedy = { $reader ->
    [you] 如果愿意出国工作，请在愿意去的地方里写上。
   *[them] 可以问问本人愿不愿意出国工作。
}
limit-abroad = 在境外，没有登记愿意出国
below_floor = { $reader ->
    [you] 月工资 { $pay }，达不到您期望的 { $floor }
   *[them] 月工资 { $pay }，达不到期望的 { $floor }
}
below_floor-remedy = { $reader ->
    [you] 如果可以接受，请调低期望工资。
   *[them] 可以同本人谈谈期望工资。
}
limit-below_floor = 工资低于期望
form_unwanted = { $reader ->
    [you] 岗位是{ $form }，不是您想要的用工形式
   *[them] 岗位是{ $form }，不是想要的用工形式
}
form_unwanted-remedy = { $reader ->
    [you] 如果可以接受，请把它加进求职意向。
   *[them] 可以问问本人能不能接受。
}
limit-form_unwanted = 用工形式不合
employer_answers = 每 100 份申请，这家单位回复了 { $percent } 份
by_version = 按第 { $version } 版权重计算。
not_yet = 正在读取岗位和求职者，匹配结果还要等一会儿。
not_yet-remedy = 请过半分钟再打开这个页面。
ways = 怎样能有更多岗位
ways_untold = { $reader ->
    [you] 先登记想做什么工作（请用常见的叫法），这里就会说怎样能有更多岗位。
   *[them] 求职者还没有登记想做什么工作，或写的叫法没有认出；登记后，这里会说怎样能有更多岗位。
}
gap_licence = { $reader ->
    [you] 取得{ $skills }（已有的带证补登），您想做的工作里会多出 { $posts } 个岗位
   *[them] 取得{ $skills }（已有的核验后补登），想做的工作里会多出 { $posts } 个岗位
}
gap_skill = { $reader ->
    [you] 学会{ $skills }（或补登），有 { $posts } 个岗位您就只差这一项
   *[them] 学会{ $skills }（或补登），有 { $posts } 个岗位本人就只差这一项
}
gap_paper = { $reader ->
    [you] 取得{ $skills }（已有的带证补登），有 { $posts } 个岗位您就只差这一项
   *[them] 取得{ $skills }（已有的核验后补登），有 { $posts } 个岗位本人就只差这一项
}
gap_reach = 愿意去离家 { $km } 公里以内的地方，会多出 { $posts } 个岗位
gap_away = 愿意去外地做工（离家约 { $km } 公里以内），会多出 { $posts } 个岗位
gap_floor = 期望月工资降到 { $floor }，会多出 { $posts } 个岗位
gap_form = 也接受{ $form }，会多出 { $posts } 个岗位
training = { $name }，{ $examiner }（参考：{ $source }）。这里只是指引，以主管部门现行规定为准；开班时间请到就业服务窗口问。
limit-no_post = 没有单位招这类工作
trade_not_told = 没有登记想做什么，或叫法没有认出
not_told = 没有登记
weights = 匹配权重
weights_text = 每个方面在合适程度里占多少。旧版本永远不改，每个结果都注明用的是哪一版。
weights_who = 权重由业务主管设定；这里可以看到现行和以往各版本。
weights_next = 新版本
weights_sum = 从“技能”到“单位答复”各项加起来必须是 1000。
weights_save = 保存为新版本
versions = 所有版本
version = 第 { $version } 版
holds = 现在执行
from_day = 从 { $day }起
valid_from = 从哪天起执行
basis = 理由
basis-1 = 最初的权重：技能和职业占一半，地点和工资占四分之一
basis-2 = 没有写明的不计分；另加一小份“看不出来的”，免得什么都不写的反而排在前面
basis-3 = 加入单位答复申请的情况
basis-4 = 按人工评判过的名单调整：先看职业和地点；没有写明的，计入“看不出来的”
basis_hint = 谁定的、为什么改，写给以后看的人。
weight-skills = 技能
weight-occupation = 职业
weight-place = 地点
weight-wage = 工资
weight-experience = 经验
weight-education = 学历
weight-freshness = 新发布
weight-living = 食宿
weight-form = 用工形式
weight-answer = 单位答复
weight-doubt = 表上看不出来的（所有人一样）
weight-untold = 没有写明的部分，按分量的千分之几计入看不出来的
weight-title = 岗位名称的用词在职业分里占千分之几
weight-must = 必须的技能（可有可无的算 100）
weight-half_km = 多少公里后地点分减半
weight-usual_reach_km = 没说距离时按多少公里
weight-fresh_days = 多少天后不算新发布
weight-notice = 新岗位通知的最低分（满分 100000）
weight_out_of_range = 这一项要在 { $least } 到 { $most } 之间。
weight_out_of_range-remedy = 改成这个范围内的整数。
weight_sum = 各项加起来是 { $sum }，应为 { $whole }。
weight_sum-remedy = 加一项就要减一项。
weight_past = 执行日期已经过去，以前的结果不能改。
weight_past-remedy = 从今天或以后的一天起。
weight_before = 已有从更晚的日期起执行的版本。
weight_before-remedy = 日期不要早于最新的版本。
weight_reason = 没有写理由。
weight_reason-remedy = 写明谁定的、为什么。
weight_malformed = “{ $value }”不是整数。
weight_malformed-remedy = 写一个整数。
weight_day = 没有认出日期“{ $value }”。
weight_day-remedy = 按 2026-12-01 的样子写。
weight_unknown = 没有“{ $value }”这一项。
weight_unknown-remedy = 可用：{ $valid }。
unmatched = 暂时没有合适岗位的人
unmatched_text = 想做的行当里，没有一个在招岗位去得了、够得上的人，卡在哪里，怎样能放开最多。这里不显示姓名。
unmatched_never = 还没有统计过。
unmatched_about = { $day }统计：在找工作的 { $people } 人对 { $posts } 个在招岗位，{ $unmatched } 人一个合适的也没有。权重第 { $version } 版。
unmatched_nobody = 没有这样的人。
survey = 重新统计
surveying = 正在统计：已核对 { $people } 人，共 { $whole } 人。统计完之前，下面是上一次的结果。
cells = 按地点和工种
cell_people = { $count } 人
cell_why = 卡在：
cell_free = 怎样最能放开、能帮到几人：
narrowed = 只看：
free-licence = 取得{ $skill }
free-skill = 学会{ $skill }
free-reach = 愿意走远一些
free-floor = 降低期望工资
free-form = 也接受别的用工形式
download = 下载表格（CSV）
sums = 汇总
by_limit = 卡在哪里
by_place = 住在
by_trade = 想做
people = 名单
column-person = 求职者
column-region = 住在
column-occupation = 想做
column-binding = 卡在哪里
column-posts = 同行当在招岗位
column-way = 怎样放开最多
column-freed = 可放开的岗位
binding_unknown = 没有“{ $value }”这种限制，可用的有：{ $valid }。
