// Language and size of type.

import { as, holds, same, story } from "./world.mjs";

const html = (page, name) => page.locator("html").getAttribute(name);

/** What is shown and lower than a thumb needs. */
const low = (page, places, least) =>
  page.locator(places).evaluateAll(
    (all, px) => all.filter((one) => one.offsetHeight > 0 && one.offsetHeight < px).map((one) => one.textContent),
    least,
  );

story("the browser's language is the first language", async () => {
  for (const locale of ["zh-CN", "en"]) {
    await as({ locale }, async (page) => {
      await page.at("/");
      same(await html(page, "lang"), locale, "language");
    });
  }
});

story("the language is switched on the spot and remembered", () =>
  as({}, async (page) => {
    await page.at("/vacancies?contract=full_time");
    await page.follow(page.getByRole("link", { name: "English" }));
    same(await html(page, "lang"), "en", "language");
    same(await page.locator(".chip:not(.clear)").count(), 1, "the filter after the switch");
    await page.at("/about");
    same(await html(page, "lang"), "en", "language of the next page");
  }));

story("large type is switched on, remembered and switched off", () =>
  as({}, async (page) => {
    await page.at("/");
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const before = await size();
    await page.follow(page.getByRole("link", { name: "大字版" }));
    holds((await size()) >= before * 1.29, "not a third larger");
    await page.at("/vacancies");
    same(await html(page, "data-mode"), "large", "mode of the next page");
    same((await low(page, "button, .button, .menu a", 60)).join(), "", "targets lower than 60 px");
    await page.follow(page.getByRole("link", { name: "标准版" }));
    same(await html(page, "data-mode"), null, "mode");
  }));

story("targets are large enough for a thumb", () =>
  as({}, async (page) => {
    await page.at("/vacancies");
    const places = "button, summary, .menu a, .switch a, .button, .chip, .foot a";
    same((await low(page, places, 44)).join(), "", "targets lower than 44 px");
  }));
