//! Places that are written and lie in no region of the country: 日本东京, "Brooklyn, NY".

use crate::cell::fold;

/// Other countries as people write them, and words for all of them.
const ABROAD: [&str; 88] = [
    "国外",
    "境外",
    "海外",
    "出国",
    "日本",
    "东京",
    "大阪",
    "韩国",
    "首尔",
    "朝鲜",
    "蒙古国",
    "越南",
    "老挝",
    "柬埔寨",
    "泰国",
    "曼谷",
    "缅甸",
    "马来西亚",
    "吉隆坡",
    "新加坡",
    "印度",
    "印尼",
    "雅加达",
    "菲律宾",
    "马尼拉",
    "文莱",
    "巴基斯坦",
    "孟加拉",
    "斯里兰卡",
    "尼泊尔",
    "马尔代夫",
    "哈萨克斯坦",
    "乌兹别克",
    "吉尔吉斯",
    "塔吉克",
    "土库曼",
    "阿富汗",
    "伊朗",
    "伊拉克",
    "沙特",
    "阿联酋",
    "迪拜",
    "卡塔尔",
    "科威特",
    "阿曼",
    "以色列",
    "约旦",
    "土耳其",
    "俄罗斯",
    "莫斯科",
    "乌克兰",
    "白俄罗斯",
    "德国",
    "柏林",
    "慕尼黑",
    "法国",
    "巴黎",
    "英国",
    "伦敦",
    "爱尔兰",
    "意大利",
    "西班牙",
    "葡萄牙",
    "荷兰",
    "比利时",
    "瑞士",
    "瑞典",
    "挪威",
    "丹麦",
    "芬兰",
    "波兰",
    "捷克",
    "匈牙利",
    "塞尔维亚",
    "希腊",
    "美国",
    "纽约",
    "洛杉矶",
    "旧金山",
    "加拿大",
    "墨西哥",
    "巴西",
    "阿根廷",
    "澳大利亚",
    "悉尼",
    "新西兰",
    "非洲",
    "欧洲",
];

/// Countries of Africa that hire from here most.
const AFRICA: [&str; 14] = [
    "埃及",
    "尼日利亚",
    "南非共和国",
    "肯尼亚",
    "埃塞俄比亚",
    "安哥拉",
    "阿尔及利亚",
    "加纳",
    "赞比亚",
    "坦桑尼亚",
    "刚果",
    "几内亚",
    "莫桑比克",
    "摩洛哥",
];

/// Latin words that say that a place lies in the country all the same.
const HERE: [&str; 28] = [
    "china",
    "prc",
    "beijing",
    "shanghai",
    "tianjin",
    "chongqing",
    "guangzhou",
    "shenzhen",
    "hangzhou",
    "nanjing",
    "chengdu",
    "wuhan",
    "suzhou",
    "qingdao",
    "dalian",
    "ningbo",
    "xiamen",
    "changsha",
    "zhengzhou",
    "shenyang",
    "jinan",
    "hefei",
    "kunming",
    "xi'an",
    "xian",
    "hong kong",
    "macau",
    "taiwan",
];

/// 全国、远程: said, and no place.
pub(crate) fn is_anywhere(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["全国", "远程", "不限", "多地", "各地", "居家", "remote", "anywhere", "就近分配", "在家"];
    let folded = fold(text);
    WORDS.iter().any(|word| folded.contains(word)) && folded.chars().count() <= 12
}

/// Is this a place beyond the regions of the country? Only asked of what names none of them.
pub fn is_abroad(text: &str) -> bool {
    let text = fold(text);
    if is_anywhere(&text) {
        return false;
    }
    if text.chars().any(|c| c >= '\u{4e00}') {
        return ABROAD.iter().chain(&AFRICA).any(|word| text.contains(word));
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 2 && !HERE.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_and_lies_elsewhere_is_abroad() {
        for text in [
            "日本·东京",
            "新加坡",
            "Brooklyn, NY",
            "450 W 33 St",
            "海外",
            "Remote - Germany office",
        ] {
            assert!(is_abroad(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_or_lies_here_is_not() {
        for text in ["", "科技园", "三楼", "远程", "Remote", "Shanghai, China", "B2", "不限"]
        {
            assert!(!is_abroad(text), "{text}");
        }
    }
}
