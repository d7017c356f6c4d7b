//! Words that narrow nothing, and words that say how work shall be rather than which.

use std::{collections::HashSet, sync::LazyLock};

/// Said in a question without narrowing it: particles, who asks, and what everybody here looks for.
const EMPTY: &str = "\
    招 找 求 招聘 急聘 诚聘 急招 直招 招工 招人 找工作 求职 应聘 找活 工作 岗位 职位 职业 人员 \
    员工 工人 师傅 活 活儿 上班 干活 干 打工 就业 入职 人 的人 谁 招收 聘 聘请 相关 方面 之类 \
    一类 类 job jobs position positions vacancies vacancy work works working worker workers \
    career careers employment employed hire hiring hired wanted opening openings opportunity \
    opportunities role roles staff 我 我们 你 你们 他 她 它 您 自己 本人 咱 大家 想 想找 想要 要 \
    需要 希望 打算 能 能够 可以 可 会 行 也行 都行 就行 吗 呢 吧 啊 呀 嘛 请 请问 问 问下 有 \
    有没有 没有 没 哪里 哪儿 哪 哪些 哪个 什么 啥 怎么 怎样 怎么样 如何 为什么 多少 几 多少钱 做 \
    做的 弄 搞 当 去 来 到 拿 给 给我 帮 帮我 推荐 介绍 看看 一下 一点 点 i im me my we our you \
    your he she they it its who what where which when how why can could would should will want \
    wants need needs like looking look find seeking seek get do does did doing be is are am was \
    were been have has had please any some something somebody someone anything make help let 的 \
    地 得 了 着 过 和 与 及 或 或者 以及 并 而 但 但是 如果 因为 所以 在 从 向 把 被 对 为 为了 \
    等 是 不是 就 都 也 还 还是 又 再 才 只 很 太 最 更 比较 非常 挺 这 那 这个 那个 这种 那种 \
    这样 那样 一 一个 一些 一份 份 个 些 种 一种 每 每天 一天 天天 每个 之 里 内 上 下 中 外 \
    附近 周边 近 最近 现在 马上 长期 各 各种 a an and at for from in into near of off on or out \
    over the to up with without about as by but not no if so than that this these those there \
    then very more most all also just only new good 我想 我要 想做 想当 想去 有人 可以做 能做 \
    要找 想学 做做 可做 适合 适合我 去哪 还有 一样 主要 负责 从事 招聘信息 信息 岗 岗位要求";

/// How, when and for what: they raise what has them, and keep nothing out.
const BESIDE: &str = "\
    远程 远程办公 居家 居家办公 在家 在家办公 线上 夜班 白班 晚班 早班 中班 倒班 两班倒 三班倒 \
    长白班 常白班 加班 不加班 不用加班 出差 不出差 坐班 弹性 灵活 周末 节假日 急 高薪 低薪 轻松 \
    稳定 简单 离家 离家近 就近 靠谱 正规 待遇 待遇好 工资 工资高 薪资 薪水 月薪 年薪 日薪 时薪 \
    收入 底薪 提成 福利 补贴 以上 以下 起 左右 元 块 块钱 钱 学历 经验 无经验 有经验 没经验 \
    零基础 新手 小白 应届 应届生 应届毕业生 毕业生 大学生 在校生 学生 不限 要求 公司 企业 单位 \
    行业 全国 本地 外地 外派 驻外 驻场 兼职 全职 实习 临时 短期 暑假 寒假 包吃 包住 包吃住 双休 \
    单休 remote hybrid onsite telework home night nights evening evenings day days shift shifts \
    weekend weekends flexible hours hour hourly week weekly month monthly year years yearly \
    annual salary pay paid paying wage wages experience experienced entry level beginner no \
    degree diploma full part time temporary permanent seasonal summer winter benefits company \
    city local abroad overseas urgent immediate easy stable";

type Set = LazyLock<HashSet<&'static str>>;

static EMPTY_SET: Set = LazyLock::new(|| EMPTY.split_whitespace().collect());
static BESIDE_SET: Set = LazyLock::new(|| BESIDE.split_whitespace().collect());

pub(super) fn is_empty(word: &str) -> bool {
    EMPTY_SET.contains(word)
}

pub(super) fn is_beside(word: &str) -> bool {
    BESIDE_SET.contains(word)
}
