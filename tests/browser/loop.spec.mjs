// The loop from the counter to a registered job: a clerk by keyboard alone, the employer at the door on
// a telephone and with no script, the employer's columns, a person's own list.

import { as, barriers, desk, enter, holds, ID, links, overflow, phone, picture, same, story } from "./world.mjs";



async function sound(page, name) {
  same((await barriers(page)).join("\n"), "", `barriers on ${name}`);
  same(await overflow(page), 0, `pixels too wide: ${name}`);
}

/** Somebody of the clerk's own people for whom posts fit. */
async function somebody(page) {
  await page.at("/jobseekers");
  for (const path of await links(page, new RegExp(`^/jobseekers/${ID}$`))) {
    const id = path.split("/").pop();
    await page.at(`/counter?person=${id}`);
    if ((await page.locator("input[name=vacancy]").count()) > 1) return id;
  }
  throw new Error("nobody whom two posts fit");
}

let door = "";

story("a clerk ticks posts and issues letters without a mouse", () =>
  as(desk, async (page) => {
    await enter(page, "clerk");
    await somebody(page);
    await sound(page, "the counter");
    await picture(page, "counter");
    await page.keyboard.press("/");
    same(await page.evaluate(() => document.activeElement.id), "q", "where / leads");
    await page.keyboard.type("abc");
    await page.keyboard.press("Escape");
    same(await page.locator("#q").inputValue(), "abc", "what was typed, after Esc");
    await page.keyboard.press("?");
    holds(await page.locator("#keys dl").isVisible(), "the keys are not shown");
    await page.keyboard.press("/");
    for (const key of ["ArrowDown", "Space", "ArrowDown", "Space"]) await page.keyboard.press(key);
    same(await page.locator("input[name=vacancy]:checked").count(), 2, "ticked posts");
    await Promise.all([page.waitForURL(/letters/), page.keyboard.press("Enter")]);
    same(await page.locator("article.letter").count(), 2, "letters");
    await sound(page, "the letters");
    await picture(page, "letters");
    const link = await page.locator(".letter .link").first().innerText();
    door = new URL(link.trim()).pathname;
    await page.at("/workbench");
    await sound(page, "the workbench");
    await picture(page, "workbench");
  }));

story("the employer at the door answers a letter on a telephone without script", () =>
  as({ ...phone, javaScriptEnabled: false }, async (page) => {
    holds(door !== "", "no letter was issued");
    await page.at(door);
    await picture(page, "door");
    await page.follow(page.getByRole("button", { name: "人已到" }));
    holds(await page.getByText("已记下：人已到").isVisible(), "the arrival is not confirmed");
    await page.follow(page.getByRole("button", { name: "已录用" }));
    holds(await page.getByText("已经记下，谢谢").isVisible(), "the hire is not confirmed");
  }));

story("a hire waits for the clerk to be registered, and is", () =>
  as(desk, async (page) => {
    await enter(page, "clerk");
    await page.at("/placements");
    await sound(page, "what is due");
    const before = await page.locator("tbody tr").count();
    holds(before > 0, "no hire is due");
    await page.follow(page.locator("tbody th a").last());
    await sound(page, "a placement");
    await picture(page, "placement");
    await page.locator("#contract").selectOption("open_ended");
    await page.follow(page.locator("form button").first());
    await page.at("/placements?which=open");
    holds((await page.locator("tbody th a").count()) > 0, "nobody works");
  }));

story("an employer reads its inbox, on a telephone", () =>
  as(phone, async (page) => {
    await enter(page, "recruiter");
    for (const path of ["/notices"]) {
      await page.at(path);
      await sound(page, path);
    }
    await picture(page, "inbox");
  }));
