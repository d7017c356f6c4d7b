// A file is sent in, mended and sent in again.

import { readFile } from "node:fs/promises";
import { as, barriers, desk, holds, picture, same, story, total } from "./world.mjs";

/** A template as the office hands it out, with rows: in each, values by heading. */
async function filled(page, rows) {
  await page.at("/intakes/new");
  const href = await page.locator('a[href*="template/vacancies"][href*="csv"]').getAttribute("href");
  const answer = await page.request.get(new URL(href, page.url()).href);
  const [head] = (await answer.text()).replace("\uFEFF", "").split(/\r?\n/);
  const headings = head.split(",");
  const lines = rows.map((row) => headings.map((heading) => row[heading] ?? "").join(","));
  return { headings, text: [head, ...lines, ""].join("\n") };
}

async function send(page, name, text) {
  await page.at("/intakes/new?noun=vacancies");
  await page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.locator("main form button[type=submit]").click();
  // the page of the file renews itself until everything is in
  await page.locator(".notice:not([role=status])").waitFor({ timeout: 60_000 });
}

story("a dirty file is sent in, mended and sent in again, and the posts are found", () =>
  as({ ...desk, acceptDownloads: true }, async (page) => {
    const word = `试验工${Date.now().toString(36)}`;
    const { headings } = await filled(page, []);
    const named = (pattern) => headings.find((heading) => pattern.test(heading));
    const [employer, title, wage, place] = [/单位|企业/, /岗位|职位/, /工资|薪/, /地/].map(named);
    holds(employer && title && wage && place, `the template has no such columns: ${headings}`);
    const good = { [employer]: "甘谷县试验有限公司", [title]: word, [wage]: "4000-5000元/月", [place]: "甘谷县" };
    const { text } = await filled(page, [good, { ...good, [title]: "" }]);

    await send(page, `${word}.csv`, text);
    same((await barriers(page)).join("\n"), "", "barriers");
    await picture(page, "intake-desk-zh-CN");
    same(await page.locator("main tbody tr").count(), 1, "faults");

    const refused = page.waitForEvent("download");
    await page.locator('main a[href$="/refused"]').click();
    const mended = await readFile(await (await refused).path(), "utf8");
    holds(mended.includes("甘谷县试验有限公司"), "the refused row is not in the file");
    const second = text.replace(/\n[^\n]*\n$/, `\n${headings.map((h) => ({ ...good, [title]: `${word}二` })[h] ?? "").join(",")}\n`);
    await send(page, `${word}-2.csv`, second);
    same(await page.locator("main tbody tr").count(), 0, "faults after mending");

    for (let i = 0; i < 20; i += 1) {
      await page.at(`/vacancies?q=${encodeURIComponent(word)}`);
      if ((await total(page)) >= 2) return;
      await page.waitForTimeout(250);
    }
    throw new Error("the posts are not found within five seconds");
  }));
