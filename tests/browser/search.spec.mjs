// Finding a post.

import { as, desk, holds, ID, links, same, story, total } from "./world.mjs";

const vacancy = new RegExp(`^/vacancies/${ID}$`);

story("a visitor searches, opens a post and comes back to the same list", () =>
  as({}, async (page) => {
    await page.at("/");
    await page.locator("input[name=q]").first().fill("焊工");
    await page.follow(page.getByRole("button", { name: "搜索" }));
    holds((await total(page)) > 0, "no welder is wanted in the demonstration");
    const list = page.url();
    await page.follow(page.locator(".card a").first());
    holds(vacancy.test(new URL(page.url()).pathname), `not a vacancy: ${page.url()}`);
    holds(await page.getByRole("heading", { level: 1 }).isVisible(), "the title is not shown");
    await page.goBack();
    same(page.url(), list, "the way back");
  }));

story("the way back from a post leads to the list it was opened from", () =>
  as({ javaScriptEnabled: false }, async (page) => {
    await page.at("/vacancies?contract=full_time&sort=new");
    const list = page.url();
    await page.follow(page.locator(".card a").first());
    await page.follow(page.locator(".crumbs a"));
    same(page.url(), list, "the list");
  }));

story("one condition less gives exactly as many posts as it said", () =>
  as({}, async (page) => {
    const nothing = "/vacancies?q=焊工&wage_min=90000&contract=full_time";
    await page.at(nothing);
    const ways = page.locator(".ways a:has(.num)");
    const count = await ways.count();
    holds(count > 0, "no way on");
    for (let i = 0; i < count; i += 1) {
      const said = Number((await ways.nth(i).locator(".num").innerText()).replace(/[^0-9]/g, ""));
      await page.follow(ways.nth(i));
      same(await total(page), said, page.url());
      await page.at(nothing);
    }
  }));

story("choosing a filter gives exactly as many posts as it said", () =>
  as(desk, async (page) => {
    await page.at("/vacancies");
    const list = page.url();
    const choices = await page.locator(".filter").evaluateAll((groups) =>
      groups.map((group) => {
        const choice = [...group.querySelectorAll("li a")].at(-1);
        const said = choice.querySelector(".num").textContent.replace(/[^0-9]/g, "");
        return { href: choice.getAttribute("href"), said: Number(said) };
      }),
    );
    holds(choices.length >= 6, `only ${choices.length} filters`);
    for (const { href, said } of choices) {
      await page.goto(new URL(href, list).href);
      same(await total(page), said, href);
    }
  }));

story("a chosen filter is seen, and taken away again", () =>
  as({}, async (page) => {
    await page.at("/vacancies?contract=full_time&benefit=board");
    const narrow = await total(page);
    same(await page.locator(".chip:not(.clear)").count(), 2, "chips");
    await page.follow(page.locator(".chip", { hasText: "全职" }));
    holds(!page.url().includes("contract"), "the filter is still in the address");
    holds((await total(page)) >= narrow, "fewer posts with fewer filters");
    await page.at("/vacancies?contract=full_time&benefit=board");
    await page.follow(page.getByRole("link", { name: "全部清除" }));
    same(await page.locator(".chip").count(), 0, "chips");
  }));

story("new words keep the filters", () =>
  as({}, async (page) => {
    await page.at("/vacancies?contract=full_time");
    await page.locator("input[name=q]").first().fill("工");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=/);
    holds(page.url().includes("contract=full_time"), page.url());
  }));

story("page after page leads to the last post, and shows none twice", () =>
  as({ javaScriptEnabled: false }, async (page) => {
    await page.at("/vacancies?limit=100&sort=new");
    const expected = await total(page);
    const seen = new Set();
    for (;;) {
      for (const href of await links(page, vacancy)) {
        holds(!seen.has(href), `twice: ${href}`);
        seen.add(href);
      }
      const next = page.locator("a[rel~=next]");
      if ((await next.count()) === 0) break;
      await page.follow(next);
    }
    same(seen.size, expected, "posts seen");
  }));

story("highest wage first is what it says", () =>
  as({}, async (page) => {
    await page.at("/vacancies?sort=wage");
    const pays = await page.locator(".card .pay").allInnerTexts();
    const monthly = pays.filter((pay) => /^[0-9,]+(–[0-9,]+)? 元\/月/.test(pay));
    const floors = monthly.map((pay) => Number(pay.split(/[– ]/)[0].replaceAll(",", "")));
    holds(floors.length > 3, "too few wages to compare");
    same([...floors].sort((a, b) => b - a).join(), floors.join(), "the order of wages");
  }));

story("nothing found still leads somewhere", () =>
  as({}, async (page) => {
    await page.at("/vacancies?q=zzzzqqqq&contract=full_time");
    same(await total(page), 0, "posts");
    await page.follow(page.getByRole("link", { name: "查看全部岗位" }));
    holds((await total(page)) > 0, "no posts at all");
  }));

story("an unknown filter value is said to be unknown, with those that exist", () =>
  as({}, async (page) => {
    const answer = await page.at("/vacancies?q=焊工&education=phd");
    same(answer.status(), 422, "status");
    holds((await page.getByRole("alert").innerText()).includes("bachelor"), "the valid ones");
    same(await page.locator("input[name=q]").first().inputValue(), "焊工", "what was typed");
  }));

story("the keyboard alone finds, opens and goes back", () =>
  as(desk, async (page) => {
    await page.at("/");
    await page.keyboard.press("Tab");
    same(await page.evaluate(() => document.activeElement.className), "skip", "first stop");
    await page.keyboard.press("/");
    same(await page.evaluate(() => document.activeElement.id), "q", "the search box");
    await page.keyboard.insertText("工");
    await page.keyboard.press("Enter");
    await page.waitForURL(/vacancies\?q=/);
    await page.locator(".card a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/vacancies/${ID}`));
    await page.goBack();
    await page.waitForURL(/vacancies\?q=/);
  }));

story("without script everything still works", () =>
  as({ javaScriptEnabled: false }, async (page) => {
    await page.at("/");
    await page.locator("input[name=q]").first().fill("保安");
    await page.follow(page.getByRole("button", { name: "搜索" }));
    holds((await total(page)) > 0, "no guard is wanted");
    await page.locator(".filters > summary").click();
    await page.follow(page.locator(".filter li a").first());
    holds((await total(page)) > 0, "nothing in the first place");
    same(await page.locator("[data-script]:visible").count(), 0, "buttons that do nothing");
  }));

story("near me sorts by distance from where the visitor is", () =>
  as(
    { permissions: ["geolocation"], geolocation: { latitude: 34.581, longitude: 105.725 } },
    async (page) => {
      await page.at("/");
      await page.locator("button[data-near]").click();
      await page.waitForURL(/sort=distance/);
      holds(page.url().includes("near=34.58"), page.url());
      const who = await page.locator(".card .who").first().innerText();
      holds(/公里|米内/.test(who), `no distance: ${who}`);
    },
  ));

story("a post carries valid data for search engines", () =>
  as({}, async (page) => {
    await page.at("/vacancies");
    await page.follow(page.locator(".card a").first());
    const text = await page.locator('script[type="application/ld+json"]').textContent();
    const posting = JSON.parse(text);
    same(posting["@type"], "JobPosting", "type");
    for (const name of ["title", "description", "datePosted", "hiringOrganization", "jobLocation"]) {
      holds(posting[name], `${name} is missing`);
    }
    const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
    same(new URL(canonical).pathname, new URL(page.url()).pathname, "canonical address");
  }));
