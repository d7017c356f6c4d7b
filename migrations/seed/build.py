#!/usr/bin/env python3
"""Builds the reference tables beside this file from a folder of sources: build.py ../shared/data

region.csv, occupation.csv, occupation_task.csv, esco.csv and industry.csv are made here; region_alias.csv
and occupation_alias.csv, the words people use, flow into them. traditional.csv is made from kSimplifiedVariant.txt of the Unihan
database where that lies in the folder unihan of the sources. synonym.csv is synonym_group.csv, what
the classification calls the same work, and spoken.csv: what people say that they do there. The other tables beside this file are written by hand.
Pinyin of townships comes from pypinyin where it is installed, otherwise from the committed file.
"""
import csv
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
# A zone of a bureau of statistics, not of GB/T 2260: written like a county.
SUFFIX = re.compile(r"(街道办事处|街道|地区|镇|乡)$")

# Counties that are gone, where their people now live; those whose name lives on are found by name.
SUCCESSORS = {
    "130223": "130284", "130421": "130400", "130521": "130503", "130526": "130505", "140202": "140213",
    "140203": "140214", "140211": "140214", "140227": "140215", "140402": "140403", "140411": "140403",
    "140421": "140404", "140481": "140406", "230702": "230717", "230703": "230726", "230704": "230719",
    "230705": "230751", "230706": "230718", "230707": "230724", "230708": "230717", "230709": "230751",
    "230710": "230724", "230711": "230718", "230712": "230723", "230713": "230725", "230714": "230723",
    "230715": "230724", "230716": "230719", "320602": "320613", "320611": "320613", "330103": "330105",
    "330104": "330102", "330204": "330212", "331021": "331083", "340203": "340209", "340208": "340209",
    "340221": "340210", "340222": "340212", "350402": "350404", "350403": "350404", "360105": "360112",
    "360421": "360404", "361121": "361104", "370634": "370614", "370684": "370614", "371200": "370100",
    "371202": "370116", "371203": "370117", "410211": "410202", "410306": "410308", "410322": "410308",
    "411023": "411003", "430221": "430212", "450127": "450181", "510124": "510117", "511521": "511504",
    "520221": "520204", "520222": "520281", "540530": "540581", "542400": "540600", "542421": "540602",
    "610125": "610118", "610427": "610482",
}


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(name, columns, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def speller():
    """Pinyin of a township's short name."""
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        path = HERE / "region.csv"
        known = {(r["code"], r["name"]): r["pinyin"] for r in read(path)} if path.exists() else {}
        return lambda code, name: known.get((code, name), "")

    def spell(_, name):
        short = SUFFIX.sub("", name)
        return " ".join(s for s in lazy_pinyin(short if len(short) > 1 else name) if s.isalpha())

    return spell


def base(name):
    return re.sub(r"(市|县|区|自治县|特区|林区)$", "", name)


def successor(code, name, now):
    """The county of the same name in the same city, else in the same province."""
    if code in SUCCESSORS:
        return SUCCESSORS[code]
    if name == "市辖区":
        return code[:4] + "00"
    for width in (4, 2):
        same = [c for c, n in now.items() if c[:width] == code[:width] and base(n) in (base(name), name)]
        if len(same) == 1:
            return same[0]
    return ""


def regions(source):
    spell = speller()
    aliases = {}
    for r in read(HERE / "region_alias.csv"):
        aliases.setdefault(r["code"], []).append(r["name"])
    merged = read(source / "regions_merged.csv")
    old = {r["adcode"][:6]: r for r in read(source / "cpca/adcodes.csv")}
    extra = read(source / "xiangyuecn/ok_data_level3.csv")
    pinyin = {r["ext_id"][:6]: r["pinyin"] for r in extra}
    rows, seen = [], set()
    for r in merged:
        if r["code"] in seen:  # 441900 stands there as city and as county: it has townships only
            continue
        seen.add(r["code"])
        start = "" if r["code"] in old or r["code"][4:] == "00" else "2022-01-01"
        sound = r["pinyin"] or pinyin.get(r["code"], "") or spell(r["code"], r["name"])
        rows.append([r["code"], r["level"], r["name"], r["parent"], sound, r["longitude"], r["latitude"], start, "", ""])
    for r in extra:  # Taiwan; Hong Kong and Macao are one node each there
        code = r["ext_id"][:6]
        if r["id"][:2] == "71" and code not in seen:
            level, parent = (2, "710000") if r["deep"] == "1" else (3, code[:4] + "00")
            seen.add(code)
            rows.append([code, level, r["ext_name"], parent, r["pinyin"], "", "", "", "", ""])
    now = {r[0]: r[2] for r in rows if int(r[1]) > 1}
    for code, r in old.items():
        if code not in seen:
            level, parent = (2, code[:2] + "0000") if code.endswith("00") else (3, code[:4] + "00")
            place = (r["longitude"], r["latitude"])
            heir = successor(code, r["name"], now)
            sound = pinyin.get(code, "") or spell(code, r["name"])
            rows.append([code, level, r["name"], parent, sound, *place, "", "2023-12-31", heir])
    for r in read(source / "modood/streets.csv"):
        code, name = r["code"], r["name"]
        rows.append([code, 4, name, r["areaCode"], spell(code, name), "", "", "", "", ""])
    rows = [r[:5] + ["|".join(aliases.get(r[0], []))] + r[5:] for r in rows]
    columns = "code level name parent pinyin aliases longitude latitude valid_from valid_to successor"
    write("region.csv", columns.split(), sorted(rows))


def occupations(source):
    everyday = {r["code"]: r["aliases"].split("|") for r in read(HERE / "occupation_alias.csv")}
    tree = read(source / "csco2022_merged.csv")
    # our own word for an occupation, and its official name, count before a word from the sources
    owner = {r["name"].lower(): r["code"] for r in tree if r["level"] == "4"}
    owner |= {word.lower(): code for code, words in everyday.items() for word in words}
    rows = []
    for r in tree:
        name = r["name"].strip()
        listed = [re.sub(r"(?<![A-Z])[LS/]+$", "", w.strip()) for w in r["aliases"].split(",")]
        words = dict.fromkeys(everyday.get(r["code"], []) + listed)
        mine = [w for w in words if owner.get(w.lower(), r["code"]) == r["code"]]
        kept = [w for w in mine if w and w != name and not w.startswith("其他")]
        aliases = "|".join(w.replace("|", "/") for w in kept)
        rows.append([r["code"], r["level"], name, r["parent"], r["definition"].strip(), aliases, "2022"])
    columns = "code level name parent definition aliases edition".split()
    write("occupation.csv", columns, sorted(rows))


def tasks(source):
    rows = [[r["code"], re.sub(r"\s*\d+\.", "|", r["tasks"]).strip("| ").strip()] for r in read(source / "csco2022_merged.csv")]
    write("occupation_task.csv", ["code", "tasks"], [r for r in rows if r[1]])


def esco(source):
    """The English names of ESCO's occupations; the code begins with that of ISCO-08."""
    rows = []
    for r in read(source / "esco_occupations_slim.csv"):
        names = [r["preferred_label_en"]] + r["alt_labels_en"].split("|")
        names = dict.fromkeys(re.sub(r"\s+", " ", n).strip() for n in names)
        rows.append([r["code"], "|".join(n for n in names if n)])
    write("esco.csv", ["code", "labels"], sorted(rows))


def industries(source):
    rows = [[r["code"], r["level"], r["name"], r["parent"]] for r in read(source / "gbt4754_2017.csv")]
    write("industry.csv", "code level name parent".split(), sorted(rows))


# So many words for an occupation may all mean it; of more, some mean a part of it; of very many, nobody
# who says one wants all the others.
SAME, PART = 8, 24


def synonyms():
    """Groups by hand, each with the official name where it has one, and the classification's own."""
    trades = {r["code"]: r for r in read(HERE / "occupation.csv") if r["level"] == "4"}
    ours, rows = {}, []
    for r in read(HERE / "synonym_group.csv"):
        words, wider = r["words"].split("|"), [w for w in r["wider"].split("|") if w]
        ours.setdefault(r["occupation"], set()).update(words + wider)
        rows.append([words, wider, r["occupation"]])
    for code, r in trades.items():
        aliases = [w for w in r["aliases"].split("|") if 1 < len(w) < 24 and not re.search(r"[()（）/,+]", w)]
        known = ours.get(code, set())
        aliases = [w for w in aliases if w not in known]
        if code in ours:
            rows.append([[r["name"]], aliases if len(aliases) <= PART else [], code])
        elif aliases and len(aliases) <= SAME:
            rows.append([[r["name"], *aliases], [], code])
        elif aliases and len(aliases) <= PART:
            rows.append([[r["name"]], aliases, code])
    for r in read(HERE / "spoken.csv"):
        rows.append([[trades[r["code"]]["name"]], r["phrases"].split("|"), r["code"]])
    merged = {}
    for place, (words, wider, code) in enumerate(rows):
        group = merged.setdefault(code or place, [[], [], code])
        group[0] += words
        group[1] += wider
    lines = [[once(words), once(wider, words), code] for words, wider, code in merged.values()]
    write("synonym.csv", ["words", "wider", "occupation"], lines)


def once(words, but=()):
    """Each once, however it is written, without those of another list."""
    known = {w.lower() for w in but}
    return "|".join(w for i, w in enumerate(words) if w.lower() not in known | {v.lower() for v in words[:i]})


# Plain characters of today that Unihan also has as forms of others: 著名, 覆盖, 慰藉, 幺.
PLAIN = "著覆藉幺吒阪麴麹"
# Forms that are common in shops and papers and that Unihan does not call traditional.
FORMS = "羣群 峯峰 週周 汙污 衞卫 証证 鑑鉴 牀床 麪面 讚赞 佈布 佔占 僱雇 喫吃 嚐尝 姪侄 妳你 慾欲 携携 昇升 槓杠 " \
    "歎叹 淒凄 滙汇 燻熏 猪猪 獃呆 瘉愈 癡痴 皁皂 盃杯 砲炮 碁棋 粧妆 糉粽 紥扎 綑捆 羶膻 臥卧 舖铺 菸烟 蒐搜 蠔蚝 " \
    "蹟迹 遊游 醃腌 鎚锤 隣邻 餵喂 嬭奶 線线 瞭了 餘余"


def traditional(source):
    """One character for one: for finding, not for showing."""
    path = source / "unihan/kSimplifiedVariant.txt"
    if not path.exists():
        return
    plain = {pair[0]: pair[1] for pair in FORMS.split() if pair[0] != pair[1]}
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, variants = (line.split("\t") + ["", ""])[:3]
        if not code.startswith("U+"):
            continue
        character = chr(int(code.split()[0][2:], 16))
        others = [chr(int(v[2:], 16)) for v in variants.split()]
        others = [o for o in others if "\u3400" <= o <= "\u9fff" and o != character]
        if "\u4e00" <= character <= "\u9fff" and others and character not in PLAIN:
            plain.setdefault(character, others[0])
    for character in plain:  # what is folded is not folded again
        while plain[character] in plain:
            plain[character] = plain[plain[character]]
    write("traditional.csv", ["traditional", "simplified"], sorted(plain.items()))


def main():
    source = pathlib.Path(sys.argv[1])
    traditional(source)
    regions(source / "regions-cn")
    occupations(source / "occupations-cn")
    synonyms()
    tasks(source / "occupations-cn")
    esco(source / "esco-isco")
    industries(source / "industry-gbt4754")


main()
