"""Makes something of everything in a demonstration, then lets schemathesis ask as everybody.

Usage: roles.py ADDRESS FOLDER [examples] [role…]
"""

import collections
import datetime
import json
import os
import re
import subprocess
import sys

import requests

BASE, FOLDER = sys.argv[1], os.path.abspath(sys.argv[2])
EXAMPLES = sys.argv[3] if len(sys.argv) > 3 else "20"
HERE = os.path.dirname(os.path.abspath(__file__))
PASSWORD = "golden bridge harvest 42"
# What must hold of an answer. A request as the document has it may still be against a rule (422), what is
# searched for has rules between its parameters (400), and a code may be none of the tables' (400).
RULES = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 410, 422, 429]

[[operations]]
include-name = ["GET /api/v1/vacancies", "GET /api/v1/suggest", "GET /api/v1/matching/unmatched"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "3xx", 400, 401, 403, 422]

[[operations]]
include-name = ["GET /api/v1/occupations", "GET /api/v1/regions"]
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 422]
"""
# behind a proxy nobody is at the machine itself
FAR = {"x-forwarded-for": "203.0.113.9"}


class Somebody:
    """Asks with headers of their own."""

    def __init__(self, headers):
        self.headers = {**FAR, **headers} if headers is not None else {}

    def get(self, path):
        return requests.get(BASE + path, headers=self.headers, timeout=60)

    def items(self, path):
        answer = self.get(path)
        return answer.json().get("items", []) if answer.status_code == 200 else []

    def tell(self, path, body):
        answer = requests.post(BASE + path, json=body, headers=self.headers, timeout=60)
        if answer.status_code >= 300:
            print(f"  {path}: {answer.status_code} {answer.text[:200]}")
        return answer

    def form(self, path, fields):
        return requests.post(BASE + path, data=fields, headers=self.headers, timeout=60, allow_redirects=False)


def cookies(answer, before=""):
    return before + "; ".join(f"{one.name}={one.value}" for one in answer.cookies)


def member(login):
    answer = Somebody({}).form("/sign-in", {"login": login, "password": PASSWORD})
    return Somebody({"cookie": cookies(answer)})


def by_phone(phone):
    """Signs in with the code that the mailbox of the demonstration shows."""
    sent = Somebody({}).tell("/api/v1/sign-in/code", {"phone": phone})
    mail = requests.get(BASE + "/_mailbox", timeout=60).text
    code = re.search(r"[^0-9]([0-9]{6})[^0-9]", mail[mail.index(phone):])[1]
    at = Somebody({"cookie": cookies(sent)})
    entered = at.tell("/api/v1/sign-in", {"phone": phone, "code": code})
    return Somebody({"cookie": cookies(entered, at.headers["cookie"] + "; ")})


def registered(phone, name):
    person = by_phone(phone)
    answers = {"name": name, "place": "天水市甘谷县", "education": "初中", "experience": "三年", "skills": "电焊",
               "wish": "电焊工", "wish_places": "天水市", "wage": "3000", "visible": "yes"}
    person.tell("/api/v1/me", {"answers": answers})
    return person


def token(admin):
    """A program's token with every scope there is."""
    page = admin.get("/tokens").text
    grants = re.findall(r'name="grants"[^>]*value="([^"]+)"', page)
    page = admin.form("/tokens", [("name", "conformance"), ("days", "30")] + [("grants", one) for one in grants])
    return Somebody({"authorization": "Bearer " + re.search(r"<code[^>]*>\s*([^<\s]+)", page.text)[1]})


def unpaced(machine):
    """This office sets no bound to how many lists are read in a minute: all the questions come from one address."""
    for key in ("list_minute_visitor", "list_minute_address", "list_minute_member"):
        row = {"key": key, "region": "", "value": "0", "valid_from": str(datetime.date.today()), "basis": "tests/conformance"}
        machine.form("/terms", row).raise_for_status()


def furnish(people):
    """Something of everything: vacancies, letters, applications, hires, an assignment with its timetable."""
    owner, clerk, gangu = (people[name] for name in ("owner", "clerk", "gangu"))
    posts = [one["id"] for one in owner.items("/api/v1/desk")]
    text = {"title": "电焊工", "duties": "按图纸焊接钢结构", "place": "天水市甘谷县", "wage": "5000元/月", "headcount": "5"}
    for number in range(3):
        made = owner.tell("/api/v1/vacancies", {**text, "title": f"电焊工{number}"}).json()["id"]
        gangu.tell(f"/api/v1/held/{made}", {"decision": "release", "reason": "属实"})
        posts.insert(0, made)
    public = [one["id"] for one in Somebody({}).items("/api/v1/vacancies?limit=10")]
    own = [post for post in posts if Somebody({}).get(f"/api/v1/vacancies/{post}").status_code == 200]
    herself = people["jobseeker"].get("/api/v1/me").json()["jobseeker_id"]
    for post in own[:2]:
        owner.tell(f"/api/v1/vacancies/{post}/shortlist", {"jobseeker_id": herself})
    for post in own[2:4] + public[:3]:
        people["jobseeker"].tell("/api/v1/applications", {"vacancy_id": post})
    for one in owner.items("/api/v1/applications")[:2]:
        owner.tell(f"/api/v1/applications/{one['id']}", {"act": "hire"})
    sheet = "岗位编号,单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇\n1,测试厂,电焊工,2,秦州区,5000元/月\n2,测试厂,,2,秦州区,\n"
    for who in (clerk, gangu):
        requests.post(BASE + "/api/v1/intakes?noun=vacancies&name=a.csv", data=sheet.encode(), timeout=60,
                      headers={**who.headers, "content-type": "text/csv"})
        some = who.items("/api/v1/jobseekers?limit=6")
        for one in some:
            who.tell(f"/api/v1/jobseekers/{one['id']}/referrals", {"vacancy_ids": (own or public)[:2]})
        for one in some[:2]:
            work = {"kind": "employed", "employer_name": "测试厂", "post": "电焊工", "region": "620502",
                    "started_on": str(datetime.date.today()), "wage": 500000, "contract": "open_ended"}
            who.tell(f"/api/v1/jobseekers/{one['id']}/placements", work)
        posts = [{"vacancy_id": post, "seats": 2} for post in public[:3]]
        made = who.tell("/api/v1/assignments", {"title": "周六", "way": "stable", "posts": posts})
        if made.status_code == 200:
            times = {"title": "周六", "day": str(datetime.date.today() + datetime.timedelta(days=2)), "begins": "09:00", "ends": "12:00",
                     "length": "15", "pause": "5", "breaks": ""}
            who.form(f"/assignments/{made.json()['id']}/timetable", times)
    for post in own[:2]:
        for one in owner.items(f"/api/v1/vacancies/{post}/shortlist")[:2]:
            owner.tell(f"/api/v1/vacancies/{post}/shortlist", {"jobseeker_id": one["jobseeker_id"]})
    people["jobseeker"].tell("/api/v1/subscriptions", {"query": "q=焊工", "name": "焊工"})


def gather(who, ids):
    """Ids of what somebody comes to, by the noun in addresses."""
    def note(noun, value):
        if value and value not in ids[noun]:
            ids[noun].append(value)

    def walk(value, noun):
        if isinstance(value, list):
            for one in value[:30]:
                walk(one, noun)
        elif isinstance(value, dict):
            note(noun, value.get("id"))
            for key, inner in value.items():
                if key.endswith("_id") and isinstance(inner, str):
                    note({"vacancy": "vacancies"}.get(key[:-3], key[:-3] + "s"), inner)
                elif isinstance(inner, (list, dict)):
                    walk(inner, noun if key == "items" else key + "s" if isinstance(inner, dict) else key)

    document = Somebody({}).get("/api/v1/openapi.json").json()
    for path, item in document["paths"].items():
        if "get" in item and "{" not in path:
            answer = who.get(path)
            if answer.status_code == 200:
                walk(answer.json(), {"desk": "vacancies", "held": "held"}.get(path.split("/")[-1], path.split("/")[-1]))
    for assignment in ids["assignments"][:5]:
        page = who.get(f"/assignments/{assignment}").text
        for one in re.findall(r"/timetables/([0-9a-f-]{36})", page):
            note("timetables", one)
            walk(who.get(f"/api/v1/timetables/{one}").json().get("interviews", []), "interviews")


def secret(headers):
    """How somebody says who they are, by the document's own schemes: the checks leave it out and spoil it."""
    if "authorization" in headers:
        return f'[auth.openapi.token]\nbearer = "{headers["authorization"].removeprefix("Bearer ")}"\n'
    found = re.search(r"session=([^;]+)", headers.get("cookie", ""))
    return f'[auth.openapi.session]\napi_key = "{found[1]}"\n' if found else ""


def ask(role, who, ids):
    """One run; what was answered, by operation."""
    seen, ids_file = (os.path.join(FOLDER, f"{role}.{what}") for what in ("seen", "ids"))
    with open(ids_file, "w", encoding="utf-8") as file:
        json.dump(ids, file)
    env = {**os.environ, "PYTHONPATH": HERE, "SCHEMATHESIS_HOOKS": "hooks", "IDS": ids_file, "SEEN": seen}
    headers = [part for name, value in who.headers.items() if name not in ("cookie", "authorization")
               for part in ("--header", f"{name}: {value}")]
    rules = os.path.join(FOLDER, f"{role}.toml")
    with open(rules, "w", encoding="utf-8") as file:
        file.write(RULES + secret(who.headers))
    program = os.path.join(os.path.dirname(sys.executable), "st")
    command = [program, "--config-file", rules, "run", BASE + "/api/v1/openapi.json", "--seed", "1", "--no-color", "--checks", "all", "--continue-on-failure",
               "--max-examples", EXAMPLES, *headers]
    fine = subprocess.run(command, env=env, cwd=FOLDER, check=False).returncode == 0
    answers = collections.defaultdict(collections.Counter)
    with open(seen, encoding="utf-8") as lines:
        for line in lines:
            operation, status = json.loads(line)
            answers[operation][status] += 1
    return fine, answers


def main():
    people = {name: member(name) for name in ("owner", "clerk", "gangu", "admin", "manager", "system")}
    people["newcomer"] = by_phone("13900000991")
    people["jobseeker"] = registered("13900000992", "测试乙")
    people["integrator"] = token(people["admin"])
    people["public"], people["machine"] = Somebody({}), Somebody(None)
    unpaced(people["machine"])
    furnish(people)
    roles = sys.argv[4:] or ["public", "newcomer", "jobseeker", "owner", "clerk", "admin", "manager", "system",
                             "integrator", "machine"]
    table, sound = {}, True
    for role in roles:
        ids = collections.defaultdict(list)
        gather(people[role], ids)
        gather(Somebody({}), ids)
        day = datetime.date.today()
        ids["days"] = [str(day), str(day + datetime.timedelta(days=7))]
        print(f"\n== {role}: " + ", ".join(f"{len(all)} {noun}" for noun, all in ids.items() if all), flush=True)
        fine, table[role] = ask(role, people[role], ids)
        sound = sound and fine
    done = {role: {op for op, by in answers.items() if any(200 <= s < 300 for s in by)}
            for role, answers in table.items()}
    print()
    for role, answers in table.items():
        asked = sum(sum(by.values()) for by in answers.values())
        broken = sum(count for by in answers.values() for status, count in by.items() if status >= 500)
        print(f"{role}: {asked} questions, {len(done[role])} of {len(answers)} operations done (2xx), {broken} broken")
    every = set().union(*(set(answers) for answers in table.values()))
    print("done by nobody:", ", ".join(sorted(every - set().union(*done.values()))) or "none")
    sys.exit(0 if sound else 1)


main()
