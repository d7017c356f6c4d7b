// What a page of somebody else may do with a browser that is signed in here: nothing.

import { as, base, desk, enter, far, holds, PASSWORD, same, story } from "./world.mjs";

const EVIL = "http://evil.example";
/** Forms as they stand on our own pages, with what a clerk could send. */
const FORMS = [
  ["/workbench/contacts", { person: "01990000-0000-7000-8000-000000000000", way: "phone" }],
  ["/jobseekers", { name: "测试", place: "秦州区" }],
  ["/vacancies/new", { title: "电焊工" }],
  ["/notices/preference", { sms: "1", phone: "13900000000" }],
  ["/account/password", { old: PASSWORD, password: "another long password 7" }],
  ["/account/logins/end", {}],
  ["/sign-out", {}],
  ["/sign-in", { login: "owner", password: PASSWORD }],
];


const page_of = (action, fields) =>
  `<!doctype html><form method="post" action="${new URL(action, base).href}">` +
  Object.entries(fields)
    .map(([name, value]) => `<input name="${name}" value="${value}">`)
    .join("") +
  `<button>x</button></form>`;

story("a page of another site can send nothing in the name of whoever is signed in", () =>
  as({ ...desk, ...far }, async (page) => {
    await enter(page, "clerk");
    for (const [action, fields] of FORMS) {
      await page.route(`${EVIL}/**`, (route) =>
        route.fulfill({ contentType: "text/html; charset=utf-8", body: page_of(action, fields) }));
      await page.goto(`${EVIL}/`);
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === "POST"),
        page.locator("button").click(),
      ]);
      same(answer.status(), 403, `what ${action} says to a form of another site`);
      await page.unroute(`${EVIL}/**`);
    }
    await page.at("/workbench");
    holds(page.url().endsWith("/workbench"), "the clerk is still in");
  }));

story("a script of another site can neither send nor read, and no page of ours stands in its frame", () =>
  as({ ...desk, ...far, forbidden: true }, async (page) => {
    await enter(page, "clerk");
    const frame = `<!doctype html><iframe src="${base}/workbench"></iframe>`;
    await page.route(`${EVIL}/**`, (route) => route.fulfill({ contentType: "text/html", body: frame }));
    await page.goto(`${EVIL}/`);
    const said = await page.evaluate(async (base) => {
      const ask = async (path, options) => {
        try {
          const answer = await fetch(new URL(path, base), { credentials: "include", ...options });
          return `${answer.type} ${answer.status}`;
        } catch {
          return "refused";
        }
      };
      const body = JSON.stringify({ query: "q=x" });
      return [
        await ask("/api/v1/subscriptions", { method: "POST", body, headers: { "content-type": "application/json" } }),
        await ask("/api/v1/jobseekers", {}),
        await ask("/me/data.json", {}),
        await ask("/workbench/contacts", { method: "POST", mode: "no-cors", body: new URLSearchParams({ way: "phone" }) }),
      ];
    }, base);
    const learnt = said.filter((one) => one !== "refused" && one !== "opaque 0");
    same(learnt.join(), "", "what a script of another site learns");
    const inner = page.frames().find((one) => one !== page.mainFrame());
    // the browser shows a page of its own there
    same(await inner.locator(".brand").count().catch(() => 0), 0, "pages of ours in a frame");
  }));
