// Type-ahead in the search box.

import { as, barriers, holds, overflow, phone, picture, same, story, total } from "./world.mjs";

const box = (page) => page.locator("#q");
const options = (page) => page.getByRole("option");
const chosen = (page) => page.locator('[role=option][aria-selected="true"]');

story("two letters, an arrow and Enter lead to the welders", () =>
  as({}, async (page) => {
    await page.at("/");
    await box(page).pressSequentially("hg");
    const welder = options(page).filter({ hasText: "焊工" }).first();
    await welder.waitFor();
    same(await box(page).getAttribute("aria-expanded"), "true", "expanded");
    same((await barriers(page)).join("\n"), "", "barriers");
    same(await overflow(page), 0, "wider than the screen, pixels");
    await picture(page, "suggest-phone-zh-CN");
    for (let i = 0; i < 9 && !(await chosen(page).innerText().catch(() => "")).includes("焊工"); i += 1) {
      await box(page).press("ArrowDown");
      const active = await box(page).getAttribute("aria-activedescendant");
      same(await chosen(page).getAttribute("id"), active, "the active option");
    }
    const said = Number((await chosen(page).locator(".num").innerText()).replace(/[^0-9]/g, ""));
    await Promise.all([page.waitForURL(/occupation=6-18-02-04/), box(page).press("Enter")]);
    same(await total(page), said, "posts");
  }));

story("Escape closes the suggestions and keeps what was typed", () =>
  as({ locale: "en" }, async (page) => {
    await page.at("/vacancies");
    await box(page).pressSequentially("weld");
    await options(page).first().waitFor();
    await picture(page, "suggest-phone-en");
    await box(page).press("Escape");
    same(await options(page).count(), 0, "options shown");
    same(await box(page).inputValue(), "weld", "what was typed");
    await box(page).press("Enter");
    await page.waitForURL(/q=weld/);
  }));

story("a suggestion is taken with a finger, and keeps the chosen filters", () =>
  as({ ...phone, hasTouch: true }, async (page) => {
    await page.at("/vacancies?contract=full_time");
    await box(page).pressSequentially("司机");
    await options(page).first().waitFor();
    const option = options(page).filter({ has: page.locator(".num") }).first();
    holds((await option.boundingBox()).height >= 44, "too low for a thumb");
    await Promise.all([page.waitForURL(/occupation=/), option.tap()]);
    holds(page.url().includes("contract=full_time"), page.url());
  }));
