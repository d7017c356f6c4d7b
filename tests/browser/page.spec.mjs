// Every page, in both languages, on a phone and at a desk: no barrier, no overflow, not heavy.

import { gzipSync } from "node:zlib";
import { as, barriers, base, desk, holds, ID, links, overflow, phone, picture, same, story } from "./world.mjs";

/** Pages by name; those of a record are found by walking to it. */
async function addresses() {
  const found = {
    home: "/",
    list: "/vacancies?q=工&contract=full_time",
    none: "/vacancies?q=zzzzqqqq",
    unknown: "/vacancies?sort=alphabet",
    about: "/about",
    parts: "/_parts",
    absent: "/nowhere",
    people: "/jobseekers",
    intakes: "/intakes",
    "new intake": "/intakes/new",
    inquiries: "/inquiries",
    nothing: "/vacancies?q=hangong&region=620521&wage_min=90000",
    api: "/api",
  };
  await as({}, async (page) => {
    await page.at("/vacancies");
    [found.vacancy] = await links(page, new RegExp(`^/vacancies/${ID}$`));
    found.candidates = `${found.vacancy}/candidates`;
    await page.at(found.vacancy);
    [found.employer] = await links(page, /^\/employers\//);
    await page.at("/jobseekers");
    for (const person of await links(page, new RegExp(`^/jobseekers/${ID}$`))) {
      await page.at(person);
      const [match] = await links(page, /\/matches\//);
      if (!match) continue;
      [found.person, found.why] = [person, match];
      break;
    }
  });
  return found;
}

const pages = await addresses();
const failures = { absent: 404, unknown: 422 };

for (const [name, path] of Object.entries(pages)) {
  for (const [device, options] of Object.entries({ phone, desk })) {
    for (const locale of ["zh-CN", "en"]) {
      story(`${name}: ${device}, ${locale}`, () =>
        as({ ...options, locale }, async (page) => {
          const answer = await page.at(path);
          same(answer.status(), failures[name] ?? 200, "status");
          same(await page.locator("html").getAttribute("lang"), locale, "language");
          same(await overflow(page), 0, "wider than the screen, pixels");
          const complaints = page.complaints.filter((text) => !text.includes("status of"));
          same(complaints.join("; "), "", "the console");
          same((await barriers(page)).join("\n"), "", "barriers");
          same((await keys(page)).join(), "", "keys instead of words");
          await picture(page, `${name}-${device}-${locale}`);
        }));
    }
  }
  story(`${name}: in large type and dark`, () =>
    as({ ...phone, colorScheme: "dark" }, async (page) => {
      await page.at(`${path}${path.includes("?") ? "&" : "?"}mode=large`);
      same(await overflow(page), 0, "wider than the screen, pixels");
      same((await barriers(page)).join("\n"), "", "barriers");
      await picture(page, `${name}-large-dark`);
    }));
  story(`${name}: light`, async () => {
    const times = [];
    // the best of five is the page's own time; the others are those of a busy machine
    for (let i = 0; i < 5; i += 1) {
      const start = performance.now();
      const answer = await fetch(new URL(path, base));
      const size = (await answer.arrayBuffer()).byteLength;
      times.push(performance.now() - start);
      // the reference for programmers is one long page, and nobody reads it on a phone in a village
      holds(size < (name === "api" ? 250_000 : 100_000), `${size} bytes`);
    }
    // printed, not judged: how long it takes depends on the machine
    console.log(`     ${name}: ${Math.round(Math.min(...times))} ms, 200 at most are promised`);
  });
}

/** Headings and labels that are a key (`noun.some_words`): its sentence is missing. */
async function keys(page) {
  const texts = await page.locator("h1, h2, h3, label, button, legend, dt, a").allInnerTexts();
  return texts.filter((text) => /^[a-z]+\.[a-z]+([_-][a-z]+)*$/.test(text.trim()));
}

story("style and script are small, and kept by the browser", () =>
  as({}, async (page) => {
    await page.at("/");
    const style = await page.locator("link[rel=stylesheet]").getAttribute("href");
    const script = await page.locator("script[src]").getAttribute("src");
    for (const [href, most] of [[style, 30_000], [script, 40_000]]) {
      const answer = await fetch(new URL(href, base));
      holds(answer.headers.get("cache-control").includes("immutable"), `${href} is not kept`);
      const size = gzipSync(await answer.text()).length;
      holds(size < most, `${href}: ${size} bytes`);
    }
  }));

story("nothing is loaded from elsewhere", () =>
  as({}, async (page) => {
    const asked = new Set();
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    for (const path of ["/", pages.list, pages.vacancy]) await page.at(path);
    same([...asked].join(), new URL(base).origin, "origins");
  }));
