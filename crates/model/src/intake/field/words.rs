//! The words that stand at the top of columns, as offices and boards write them, without blanks.

use super::Field;

/// A field and its words, separated by blanks.
type Words = [(Field, &'static str)];

pub(super) const VACANCY: &Words = &[
    (
        Field::Key,
        "编号 岗位编号 职位编号 招聘编号 职位id 岗位id id jobid positionid jobno encryptjobid \
         identifier",
    ),
    (
        Field::Title,
        "岗位名称 职位名称 岗位 职位 招聘岗位 招聘职位 招聘岗位名称 招聘职位名称 工种 \
         岗位工种 岗位/工种 工种/岗位 岗位名称/工种 职务 招聘工种 用工岗位 用工工种 需求岗位 \
         需求工种 职位标题 缺工岗位 title jobtitle businesstitle position positionname \
         positiontitle jobname job role post",
    ),
    (
        Field::Employer,
        "单位名称 企业名称 公司名称 用人单位 用人单位名称 招聘单位 招聘单位名称 公司 企业 \
         单位 招聘企业 招聘企业名称 用工单位 用工企业 用工单位名称 用工企业名称 公司全称 \
         单位全称 company companyname companyfullname employer employername organization \
         organisation agency hiringorganization brandname",
    ),
    (
        Field::CreditCode,
        "统一社会信用代码 社会信用代码 信用代码 统一信用代码 单位信用代码 creditcode uscc \
         usci",
    ),
    (
        Field::Industry,
        "行业 所属行业 行业类别 公司行业 行业分类 企业行业 industry industryfield \
         brandindustry",
    ),
    (
        Field::Ownership,
        "企业性质 单位性质 公司性质 经济类型 公司类型 企业类型 单位类型 融资情况 ownership \
         companytype",
    ),
    (Field::Size, "企业规模 公司规模 单位规模 规模 人员规模 companysize size brandscalename"),
    (Field::About, "公司信息 企业信息 职位标签 标签 岗位标签 companyinfo tags labels"),
    (
        Field::Occupation,
        "职业代码 职业编码 职业 职业分类 职业类别 职业名称 岗位类别 职位类别 occupation \
         occupationcode jobcategory category",
    ),
    (
        Field::Headcount,
        "招聘人数 人数 需求人数 招工人数 用工人数 招聘数量 岗位数 岗位数量 需求数量 数量 \
         缺工人数 用工需求 招聘名额 名额 拟招人数 需求量 headcount openings totalopenings \
         totaljobopenings ofpositions numberofpositions numberofopenings",
    ),
    (
        Field::Wage,
        "月薪 工资 薪资 薪酬 工资待遇 薪资待遇 薪酬待遇 月薪/工资待遇 月薪/待遇 待遇 薪水 \
         月工资 工资标准 薪资范围 薪酬范围 工资范围 月薪范围 薪资水平 薪资标准 综合工资 \
         综合薪资 综合月薪 岗位薪资 岗位工资 参考月薪 月收入 薪金 年薪 职位月薪 职位薪资 \
         薪酬标准 薪酬水平 工资水平 salary wage pay wagetext salarytext salarydesc \
         salaryrange compensation providesalary providesalarystring monthlysalary basesalary",
    ),
    (
        Field::WageMin,
        "最低工资 最低薪资 最低月薪 薪资下限 工资下限 月薪下限 薪酬下限 最低薪酬 起薪 \
         minsalary salarymin salaryrangefrom wagemin minwage salaryfrom lowsalary",
    ),
    (
        Field::WageMax,
        "最高工资 最高薪资 最高月薪 薪资上限 工资上限 月薪上限 薪酬上限 最高薪酬 maxsalary \
         salarymax salaryrangeto wagemax maxwage salaryto highsalary",
    ),
    (
        Field::WagePeriod,
        "薪资单位 计薪方式 计薪周期 结算方式 发薪周期 工资类型 薪资类型 薪资周期 \
         salaryfrequency salaryunit payperiod wageperiod salaryperiod",
    ),
    (
        Field::Place,
        "工作地点 工作地 工作地区 工作城市 地点 城市 所在地 地区 所属地区 工作区域 工作所在地 \
         省份 省 市 区县 县区 县 区 所在城市 所在地区 工作省份 location locations city region \
         place worklocation joblocation area jobarea workplace workcity cityname \
         jobareastring province",
    ),
    (
        Field::PlaceDetail,
        "工作地址 详细地址 地址 单位地址 公司地址 企业地址 上班地址 详细地点 区域 街道 乡镇 \
         address district companyaddress areadistrict businessdistrict jobaddress",
    ),
    (
        Field::PlaceCode,
        "行政区划代码 区划代码 地区代码 行政区划编码 工作地区代码 regioncode areacode \
         citycode provincecode countycode",
    ),
    (
        Field::Education,
        "学历 学历要求 文化程度 最低学历 文化程度要求 教育程度 学历层次 最低学历要求 \
         education educationlevel degree degreestring degreerequirement educationrequirements \
         jobdegree educationrequirement",
    ),
    (
        Field::Experience,
        "工作经验 经验 经验要求 工作年限 工作经验要求 年限要求 工作年限要求 从业年限 \
         experience workyear workyears workexperience workingexp jobexperience workyearstring \
         experiencerequirements experiencelevel",
    ),
    (
        Field::Contract,
        "用工形式 工作性质 用工性质 岗位性质 职位性质 工作类型 用工方式 用工类型 岗位类型 \
         职位类型 就业形式 employmenttype jobtype contracttype contract positiontype \
         jobnature fulltime/parttimeindicator worktype",
    ),
    (
        Field::Benefits,
        "福利 福利待遇 公司福利 员工福利 其他待遇 保险福利 社保福利 福利标签 职位亮点 食宿 \
         食宿情况 食宿条件 社保 五险一金 待遇说明 职位福利 岗位福利 是否提供食宿 welfare \
         benefits perks joblabels welfarelist jobtags jobwelf",
    ),
    (
        Field::Duties,
        "岗位职责 工作内容 职位描述 岗位描述 工作职责 职责 岗位说明 岗位内容 岗位介绍 \
         职位信息 备注 其他说明 工作描述 职位详情 岗位详情 招聘简章 description \
         jobdescription jobdescribe jobdetail duties remark responsibilities postdescription \
         detail",
    ),
    (
        Field::Requirements,
        "任职要求 岗位要求 招聘要求 任职条件 任职资格 应聘条件 招聘条件 职位要求 要求 \
         其他要求 岗位条件 用工要求 条件 招工条件 招工要求 招聘岗位要求 具体要求 requirements \
         requirement qualifications minimumqualrequirements minimumqualifications",
    ),
    (
        Field::Skills,
        "技能要求 技能 专业技能 证书要求 技能证书 职业资格 技能标签 所需技能 资格证书 关键词 \
         skills preferredskills keywords skilltags jobskills skill",
    ),
    (
        Field::Contact,
        "联系方式 联系电话 电话 联系人 咨询电话 手机 报名方式 报名电话 联系人及电话 \
         联系人及联系方式 邮箱 招聘电话 简历投递 contact phone telephone tel applyurl url \
         joburl link positionurl email",
    ),
    (
        Field::PostedOn,
        "发布日期 发布时间 发布日 更新时间 更新日期 刷新时间 登记日期 登记时间 日期 招聘日期 \
         date posted postedat postedon postingdate publishdate publishtime dateposted \
         issuedate createtime issuedatestring firstpublishtime",
    ),
    (Field::EndEmployer, "实际用工单位 实际用人单位 endemployer"),
    (
        Field::ExpiresOn,
        "截止日期 有效期 截止时间 有效期至 招聘截止日期 招聘截止时间 结束日期 报名截止 \
         报名截止时间 失效日期 有效日期 expires expireson deadline validthrough enddate \
         closingdate",
    ),
];

pub(super) const IN_VACANCY: &Words = &[
    (Field::CreditCode, "信用代码"),
    (Field::Education, "学历 文化程度"),
    (Field::Experience, "经验 年限"),
    (Field::Headcount, "人数"),
    (Field::ExpiresOn, "截止 有效期"),
    (Field::PostedOn, "发布"),
    (Field::Benefits, "福利 保险 食宿"),
    (Field::Wage, "薪 工资 待遇"),
    (Field::Contact, "电话 联系"),
    (Field::PlaceDetail, "地址"),
    (Field::Place, "地点 地区"),
    (Field::Skills, "技能 证书"),
    (Field::Duties, "职责 工作内容 描述"),
    (Field::Requirements, "要求 条件"),
    (Field::Employer, "单位名 企业名 公司名"),
    (Field::Title, "岗位名 职位名 工种"),
    (Field::Contract, "用工形式"),
    (Field::Industry, "行业"),
    (Field::Size, "规模"),
    (Field::Title, "title"),
    (Field::Employer, "company employer"),
    (Field::WageMin, "salarymin"),
    (Field::WageMax, "salarymax"),
    (Field::Wage, "salary wage"),
    (Field::Education, "education degree"),
    (Field::Experience, "experience"),
    (Field::Place, "location city"),
    (Field::Duties, "description"),
    (Field::Requirements, "qualification requirement"),
    (Field::ExpiresOn, "deadline"),
    (Field::PostedOn, "posted"),
];

pub(super) const JOBSEEKER: &Words = &[
    (Field::Key, "编号 登记编号 求职登记号 求职编号 人员编号 id"),
    (Field::Name, "姓名 求职者姓名 名字 求职人员姓名 劳动者姓名 人员姓名 求职者 name fullname"),
    (
        Field::Number,
        "身份证号 身份证号码 公民身份号码 证件号码 身份证 证件号 居民身份证号 居民身份证号码 \
         公民身份证号码 身份号码 idnumber idcard idno citizennumber",
    ),
    (
        Field::Phone,
        "联系电话 手机 手机号 手机号码 电话 电话号码 联系方式 phone mobile telephone tel",
    ),
    (Field::BornOn, "出生日期 出生年月 生日 出生年月日 birthdate dateofbirth birth birthday"),
    (
        Field::Place,
        "现居住地 居住地 现住址 居住地址 常住地址 常住地 家庭住址 家庭地址 住址 户籍/现居住地 \
         现居地 所在地 所在地区 县 区县 县区 所属乡镇 乡镇 乡镇街道 乡镇/街道 街道 address \
         residence city place location",
    ),
    (Field::PlaceDetail, "村 行政村 村社区 村/社区 社区 详细地址 所属村"),
    (Field::PlaceCode, "行政区划代码 区划代码 居住地代码 regioncode"),
    (Field::Origin, "户籍 户籍地 户籍地址 户籍所在地 户口所在地 籍贯"),
    (Field::Education, "文化程度 学历 最高学历 教育程度 学历层次 education degree educationlevel"),
    (
        Field::Wish,
        "求职工种 求职意向 意向岗位 求职岗位 意向工种 期望职位 期望岗位 期望工种 求职意愿 \
         就业意向 意向职业 求职职业 期望职业 择业意向 就业意愿 wish desiredjob \
         desiredoccupation desiredposition",
    ),
    (
        Field::Wage,
        "期望工资 期望薪资 期望月薪 薪资要求 工资要求 期望待遇 意向薪资 期望收入 月薪要求 \
         期望薪酬 最低工资要求 期望月工资 expectedsalary desiredwage expectedwage \
         desiredsalary",
    ),
    (
        Field::WishPlaces,
        "期望地区 期望工作地 意向地区 意向工作地 意向就业地 期望工作地点 期望工作地区 \
         求职地区 意向就业地点 意向就业地区 就业意向地 意向城市 期望城市 择业地区 \
         意向工作地点 desiredlocation desiredplace",
    ),
    (Field::MaybePlaces, "可考虑地区 可接受地区 勉强可去地区 备选地区 acceptableplaces"),
    (
        Field::Experience,
        "工作年限 工作经验 从业年限 工龄 务工年限 experience workyears yearsofexperience",
    ),
    (
        Field::Skills,
        "技能 证书 技能/证书 技能证书 职业技能 特长 技能特长 职业资格 资格证书 专业技能 \
         职业资格证书 技能及证书 skills certificates",
    ),
    (
        Field::History,
        "工作经历 工作简历 就业经历 个人简历 从业经历 务工经历 自我评价 备注 history \
         workhistory",
    ),
    (
        Field::Contract,
        "就业形式 用工形式 意向用工形式 求职类型 工作性质 期望工作性质 employmenttype",
    ),
    (
        Field::NeedsLodging,
        "需要住宿 是否需要住宿 住宿需求 需住宿 是否住宿 住宿 是否要求住宿 lodging \
         needslodging",
    ),
    (Field::NeedsBoard, "需要就餐 是否需要就餐 是否包吃 需要包吃 就餐需求 包吃 board needsboard"),
    (Field::ReachKm, "通勤距离 可接受距离 可接受通勤距离 通勤公里 reachkm"),
];

pub(super) const IN_JOBSEEKER: &Words = &[
    (Field::Name, "姓名"),
    (Field::Number, "身份证"),
    (Field::Phone, "手机 电话"),
    (Field::BornOn, "出生"),
    (Field::Education, "学历 文化"),
    (Field::Experience, "年限"),
    (Field::History, "经历"),
    (Field::NeedsLodging, "住宿"),
    (Field::NeedsBoard, "就餐"),
    (Field::Wage, "薪 工资"),
    (Field::WishPlaces, "意向地 期望地"),
    (Field::Wish, "意向 求职 工种"),
    (Field::Skills, "技能 证书"),
    (Field::Origin, "户籍"),
    (Field::Place, "居住 住址 地址 乡镇"),
];

/// Not asked for, not read: what is not collected cannot be used against anybody. And parts of
/// names of companies that hold a heading's word.
pub(super) const NEVER: &[&str] = &[
    "性别",
    "年龄",
    "民族",
    "婚",
    "身高",
    "政治面貌",
    "有限",
    "股份",
    "集团",
    "序号",
    "宗教",
    "健康",
];
