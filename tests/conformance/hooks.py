"""What the made-up questions are about: ids of things that are there, and words that somebody would say.

One value in four stays as it was made up, so that what is not there is asked for too.
"""

import json
import os
import zlib

import schemathesis

with open(os.environ["IDS"], encoding="utf-8") as file:
    IDS = json.load(file)

WORDS = {
    "act": ["shortlist", "invite", "offer", "hire", "arrive", "agree", "pause", "resume", "renew", "withdraw",
            "reopen", "decline", "reject", "fill"],
    "answer": ["agreed", "declined"],
    "basis": ["试行"],
    "begins": ["09:00", "09:15", "10:30"],
    "benefits": ["包吃住、五险"],
    "cause": ["", "over"],
    "contact": ["王经理 0938-1234567"],
    "contract": ["", "open_ended", "full_time"],
    "decision": ["release", "give-back", "reject"],
    "duties": ["按图纸焊接钢结构"],
    "education": ["初中", "大专"],
    "employer": ["测试机械厂"],
    "employer_name": ["测试机械厂"],
    "end_employer": [""],
    "expires_on": ["", "2027-06-30"],
    "experience": ["三年"],
    "headcount": ["3"],
    "insured_on": [None],
    "kind": ["employed", "flexible", "skill", "occupation"],
    "meets_at": ["2027-05-28T09:30"],
    "meets_where": ["二楼人事部"],
    "name": ["焊工", "测试甲"],
    "people": [""],
    "phone": ["13900000991"],
    "place": ["天水市秦州区"],
    "post": ["电焊工"],
    "query": ["q=焊工"],
    "quotas": [""],
    "reason": ["", "resigned", "wage", "属实"],
    "region": ["620502"],
    "seen": [""],
    "signed_on": [None],
    "skills": ["电焊"],
    "title": ["电焊工"],
    "until": ["", "2027-06-30"],
    "verdict": ["pin", "forbid", "free"],
    "wage": ["5000元/月"],
    "way": ["stable", "optimal"],
}
NUMBERS = {"seats": [1, 2], "each": [1, 2], "version": [1, 2, 3], "percent": [30, None]}
NOUNS = {"vacancy": "vacancies", "held": "vacancies"}


def pick(values, made_up):
    """One of the values, the same one for the same made-up value; or the made-up value itself."""
    number = zlib.crc32(repr(made_up).encode())
    return made_up if not values or number % 4 == 0 else values[number // 4 % len(values)]


def plural(noun):
    return NOUNS.get(noun, noun + "s")


@schemathesis.hook
def map_path_parameters(ctx, values):
    parts = ctx.operation.path.split("/")
    for name in list(values or {}):
        before = parts[parts.index("{" + name + "}") - 1]
        values[name] = pick(IDS.get(before, []), values[name])
    return values


def better(value, name):
    if isinstance(value, dict):
        return {key: better(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [better(inner, name.removesuffix("s")) for inner in value]
    if name.endswith("_id"):
        return pick(IDS.get(plural(name.removesuffix("_id")), []), value)
    if isinstance(value, str) and name.endswith("_on"):
        return pick(WORDS.get(name, IDS["days"]), value)
    if isinstance(value, str) or value is None:
        return pick(WORDS.get(name, []), value)
    if isinstance(value, int) and not isinstance(value, bool):
        return pick(NUMBERS.get(name, []), value)
    return value


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """What is well formed gets a meaning; what is malformed on purpose stays as it is."""
    sound = case.meta is not None and case.meta.generation.mode.is_positive
    if sound and isinstance(case.body, (dict, list)):
        case.body = better(case.body, "")


@schemathesis.hook
def after_call(ctx, case, response):
    line = [f"{case.operation.method.upper()} {case.operation.path}", response.status_code]
    with open(os.environ["SEEN"], "a", encoding="utf-8") as seen:
        seen.write(json.dumps(line) + "\n")
