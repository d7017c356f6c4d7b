// Who reads lists too fast is told how long to wait, in words, on a telephone.

import { as, barriers, holds, overflow, picture, same, story } from "./world.mjs";

const hall = (last) => ({ extraHTTPHeaders: { "x-forwarded-for": `203.0.113.${last}` } });

story("who reads lists faster than anybody reads is told how long to wait, and may go on elsewhere", () =>
  as({ ...hall(77), held: true }, async (page) => {
    await page.at("/vacancies");
    let status = 200;
    for (let n = 0; n < 80 && status === 200; n += 1) status = (await page.at("/vacancies")).status();
    same(status, 429, "after more than sixty lists in a minute");
    const words = await page.locator("main").innerText();
    holds(/请 [0-9]+ 秒后再看/.test(words), words);
    same(await overflow(page), 0, "pixels beside the screen");
    same((await barriers(page)).join("\n"), "", "what a checker of accessibility finds");
    await picture(page, "told to wait");
    await page.at("/vacancies?lang=en");
    holds(/go on in [0-9]+ seconds/.test(await page.locator("main").innerText()), "in English");
    await picture(page, "told to wait in English");
    await page.follow(page.locator("main a[href^='/sign-in']"));
    same((await page.at("/")).status(), 200, "the first page");
  }));

story("a hall of people at one address reads on, each with a number of their own", async () => {
  for (let n = 0; n < 70; n += 1) {
    await as(hall(78), async (page) => {
      const answer = await page.at("/vacancies");
      same(answer.status(), 200, `visitor ${n}`);
      same(new URL(page.url()).pathname, "/vacancies", "where they are");
    });
  }
});
