// Everybody who can sign in does so on a telephone without a script, and finds every page of the own
// menu whole: it answers, fits the screen, has a heading, and the browser has nothing to complain of.

import { as, barriers, base, desk, enter, far, holds, links, overflow, phone, picture, same, story } from "./world.mjs";

const ROLES = [
  "manager",
  "admin",
  "clerk",
  "caseworker",
  "fair",
  "export",
  "inspector",
  "owner",
  "recruiter",
];


// a page is checked for barriers once, whoever comes to it first
const checked = new Set();

for (const role of ROLES) {
  story(`the pages of ${role} are whole, on a telephone without a script and at a desk`, async () => {
    let menu = [];
    await as({ ...phone, ...far, javaScriptEnabled: false }, async (page) => {
      await enter(page, role);
      holds(page.url().startsWith(new URL("/account", base).href), `${role} is not in: ${page.url()}`);
      menu = await links(page, /^\/[a-z]+(\/[a-z]+)?$/);
      holds(menu.length >= 3, `${role} has a menu of ${menu}`);
      for (const path of menu) {
        const answer = await page.at(path);
        same(answer.status(), 200, `${path} for ${role}`);
        holds((await page.locator("h1").count()) === 1, `${path} has no heading for ${role}`);
        same(await overflow(page), 0, `pixels too wide: ${path} for ${role}`);
      }
      same(page.complaints.join("\n"), "", "complaints");
    });
    await as({ ...desk, ...far }, async (page) => {
      await enter(page, role);
      for (const path of menu.filter((one) => !checked.has(one))) {
        checked.add(path);
        await page.at(path);
        same((await barriers(page)).join("\n"), "", `barriers on ${path} for ${role}`);
        same(await overflow(page), 0, `pixels too wide: ${path} for ${role}`);
      }
      same(page.complaints.join("\n"), "", "complaints");
    });
  });
}

story("an owner shows the licence from a telephone without a script, and a clerk takes it home", async () => {
  let file = "";
  await as({ ...phone, ...far, javaScriptEnabled: false }, async (page) => {
    await enter(page, "owner");
    await page.at("/desk/papers");
    await page.locator("#place").fill("天水市甘谷县");
    const licence = Buffer.from("%PDF-1.7 licence");
    await page.locator("#licence").setInputFiles({ name: "执照.pdf", mimeType: "application/pdf", buffer: licence });
    await page.locator("main form button[type=submit]").press("Enter");
    await page.waitForURL(/\/desk$/, { waitUntil: "commit" });
    await page.at("/desk/papers");
    file = await page.locator('main a[href*="/papers/"]').first().getAttribute("href");
    same(await overflow(page), 0, "pixels too wide");
    await picture(page, "papers-phone-zh-CN");
  });
  await as({ ...desk, ...far }, async (page) => {
    await enter(page, "gangu");
    const answer = await page.request.get(new URL(file, base).href);
    same(answer.status(), 200, "the file for a clerk of the place");
    same(String(await answer.body()), "%PDF-1.7 licence", "what the clerk takes home");
  });
});
