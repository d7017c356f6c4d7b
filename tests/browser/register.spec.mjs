// Registering somebody at the counter by keyboard alone, and on a telephone without a script.

import { as, barriers, base, desk, holds, overflow, phone, picture, same, story } from "./world.mjs";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A citizen number of somebody who does not exist, another one each time. */
function number() {
  const day = String(Math.floor(Math.random() * 9) + 1);
  const body = `6205021985030${day}${String(Math.floor(Math.random() * 1000)).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((all, weight, i) => all + weight * Number(body[i]), 0);
  return body + "10X98765432"[sum % 11];
}

// Milliseconds from key to key of somebody who types two hundred and forty keys a minute.
const PACE = 250;
// Keys for a Chinese character with pinyin: letters of the syllable, and a share of the choosing.
const PINYIN = 3;

story("a clerk registers somebody by keyboard alone in under a minute", () =>
  as({ ...desk }, async (page) => {
    await page.at("/jobseekers/new");
    let keys = 0;
    let spelled = 0;
    const began = Date.now();
    const type = async (text) => {
      keys += [...text].length;
      spelled += [...text].reduce((n, c) => n + (c.charCodeAt(0) > 0x2e7f ? PINYIN : 1), 0);
      await page.keyboard.type(text, { delay: 5 });
    };
    const press = async (key) => {
      keys += 1;
      spelled += 1;
      await page.keyboard.press(key);
    };
    const at = () => page.evaluate(() => document.activeElement.id);
    const fill = async (field, text) => {
      same(await at(), field, "the field with the focus");
      if (text) await type(text);
      await press("Enter");
    };
    await fill("name", "测试戊");
    await fill("number", number());
    await fill("born_on", "");
    await fill("phone", `139${String(Date.now()).slice(-8)}`);
    await fill("place", "秦州区玉泉镇");
    await fill("education", "初中");
    await fill("experience", "三年");
    same(await at(), "skills", "after the experience");
    await type("电焊");
    await press("Enter");
    same(await at(), "wish", "after the skills");
    await type("dhg");
    const option = page.getByRole("option").first();
    await option.waitFor();
    await press("ArrowDown");
    const wanted = await option.locator(".name").innerText();
    await press("Enter");
    same(await page.locator("#wish").inputValue(), wanted, "the work wanted");
    await press("Enter");
    await fill("wish_places", "兰州");
    await fill("maybe_places", "");
    await fill("reach_km", "20");
    same(await at(), "wage", "the last field with letters");
    await type("4千");
    const [took] = [Date.now() - began];
    await Promise.all([page.waitForURL(/\/jobseekers\/.*done=registered/), press("Control+Enter")]);
    holds((await page.locator("#matches").count()) === 1, "the matches follow");
    holds(spelled * PACE < 60_000, `${spelled} keys`);
    console.log(
      `        ${keys} key presses (${spelled} with pinyin: ${((spelled * PACE) / 1000).toFixed(0)} s at 240 a minute); ` +
        `the script took ${((Date.now() - began) / 1000).toFixed(1)} s, ${(took / 1000).toFixed(1)} s of them typing`,
    );
  }));

story("the form at the counter says what it understood, and finds whoever is registered", () =>
  as({ ...desk }, async (page) => {
    const own = number();
    await page.at("/jobseekers/new");
    await page.locator("#name").fill("测试己");
    await page.locator("#number").fill(own.replaceAll("6", "６"));
    await page.locator("#wage").fill("三千五");
    await page.locator("#wage").blur();
    await page.locator("#understood dd").filter({ hasText: "3,500" }).waitFor();
    same((await barriers(page)).join("\n"), "", "barriers");
    await picture(page, "register-desk-zh-CN");
    await Promise.all([page.waitForURL(/done=registered/), page.locator("#wage").press("Control+Enter")]);
    await page.at("/jobseekers/new");
    await page.locator("#number").fill(own);
    await page.locator("#number").blur();
    await page.locator("#known a").first().waitFor();
  }));

story("a wrong number is said where it stands, and what was typed is kept", () =>
  as({ ...phone, locale: "en" }, async (page) => {
    await page.at("/jobseekers/new");
    await page.locator("#name").fill("Test Person");
    await page.locator("#number").fill("110105194912310021");
    await page.follow(page.locator("button[type=submit]").first());
    const link = page.locator("#wrong a").first();
    same(await link.getAttribute("href"), "#number", "where the summary leads");
    same(await page.locator("#name").inputValue(), "Test Person", "the name");
    same(await page.locator("#number").getAttribute("aria-invalid"), "true", "the field");
    same(await overflow(page), 0, "wider than the screen, pixels");
    same((await barriers(page)).join("\n"), "", "barriers");
    await picture(page, "register-wrong-phone-en");
  }));

story("somebody registers on a telephone without a script, one question a page", () =>
  as({ ...phone, javaScriptEnabled: false, extraHTTPHeaders: { "x-forwarded-for": "203.0.113.9" } }, async (page) => {
    const own = `137${String(Date.now()).slice(-8)}`;
    await page.at("/sign-in/code");
    await page.locator("#phone").fill(own);
    await page.follow(page.locator("form button[type=submit]").first());
    const mailbox = await (await fetch(`${base}/_mailbox`)).text();
    const code = mailbox.slice(mailbox.indexOf(own)).match(/[^0-9]([0-9]{6})[^0-9]/)[1];
    await page.locator("#code").fill(code);
    await page.follow(page.locator("form button[type=submit]").first());
    const on = () => page.follow(page.locator("main form button[type=submit]"));
    const answer = async (pairs) => {
      for (const [field, value] of Object.entries(pairs)) await page.locator(`#${field}`).fill(value);
      same(await overflow(page), 0, "wider than the screen, pixels");
      await on();
    };
    await picture(page, "enrol-name-phone-zh-CN");
    await answer({ name: "测试庚" });
    await answer({ number: number() });
    await answer({ place: "秦州区" });
    await page.getByText("初中", { exact: true }).click();
    await picture(page, "enrol-education-phone-zh-CN");
    await on();
    await answer({ experience: "三年", history: "在工地做过焊工" });
    await answer({ skills: "电焊" });
    await answer({ wish: "电焊工" });
    await answer({ wish_places: "兰州", maybe_places: "深圳" });
    await answer({ wage: "三千五" });
    await on();
    await on();
    await picture(page, "enrol-check-phone-zh-CN");
    await on();
    holds(page.url().includes("/me?done=registered"), page.url());
    holds((await page.locator("main").innerText()).includes("3,500"), "the record");
    same(await overflow(page), 0, "wider than the screen, pixels");
    await picture(page, "mine-phone-zh-CN");
    // and applies with one tap for the first post that fits, and sees what is waited for
    await page.follow(page.locator("ol.results .card h3 a").first());
    await page.follow(page.locator("form[action$='/applications'] button"));
    await page.at("/me/applications");
    same(await page.locator("main li.card, main article").count(), 1, "applications");
    same(await overflow(page), 0, "wider than the screen, pixels");
    await picture(page, "applications-phone-zh-CN");
  }));
