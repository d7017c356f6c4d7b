// What the stories share: a browser, fresh visitors, and where things are on the pages.

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const base = process.env.JINQIAO_URL ?? "http://127.0.0.1:8080";
export const stories = [];

/** Tells a story; its name is a sentence. */
export function story(name, deeds) {
  stories.push({ name, deeds });
}

const quiet = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: quiet,
});
export const close = () => browser.close();

export const phone = { viewport: { width: 360, height: 740 } };
export const desk = { viewport: { width: 1280, height: 900 } };

/** Does it as a fresh visitor, who leaves afterwards whatever happens. What the browser complains
 * of is kept in `page.complaints`. Whoever does what people do is never told to wait (429), and no
 * page does what its own policy forbids, unless that is what the story is about: `held`, `forbidden`. */
export async function as({ held = false, forbidden = false, ...options }, deeds) {
  const context = await browser.newContext({ locale: "zh-CN", ...phone, ...options });
  context.setDefaultTimeout(10_000);
  const waited = [];
  context.on("response", (one) => one.status() === 429 && waited.push(one.url()));
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (m) => m.type() === "error" && page.complaints.push(m.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.at = (path) => page.goto(new URL(path, base).href);
  // a click alone does not wait for the page it leads to
  page.follow = (link) => Promise.all([page.waitForEvent("load"), link.click()]);
  try {
    await deeds(page);
    if (!held) same(waited.join(), "", "where somebody was told to wait");
    const against = page.complaints.filter((text) => /content security policy/i.test(text));
    if (!forbidden) same(against.join(), "", "what a page's policy forbids it");
    same(await told(context), "", "who somebody is, in what the browser keeps");
  } finally {
    await context.close();
  }
}

/** Citizen numbers and telephones in what is kept in a browser: cookies, and what scripts can keep;
 * and databases and caches of scripts, which no page here has a use for, whatever is in them. */
async function told(context) {
  const { cookies, origins } = await context.storageState();
  const kept = [...cookies.map((one) => one.value), ...origins.flatMap((one) => one.localStorage.map((pair) => pair.value))];
  const pages = context.pages().map((page) =>
    page.evaluate(() => Object.values(sessionStorage).concat(Object.values(history.state ?? {}))).catch(() => []));
  kept.push(...(await Promise.all(pages)).flat());
  const stores = context.pages().map((page) =>
    page.evaluate(async () => [...(await indexedDB.databases()).map((one) => one.name), ...(await caches.keys())]).catch(() => []));
  const named = kept.filter((text) => /(^|[^0-9a-f])(1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx])($|[^0-9a-f])/i.test(String(text)));
  return named.concat((await Promise.all(stores)).flat()).join();
}

export const PASSWORD = "golden bridge harvest 42";
// far away, so that nobody is the office of this machine
export const far = { extraHTTPHeaders: { "x-forwarded-for": "203.0.113.9" } };

/** Signs in as one of the demonstration's people. */
export async function enter(page, login) {
  await page.at("/sign-in");
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(PASSWORD);
  await page.follow(page.locator("main form button").first());
}

export function same(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${actual}, not ${expected}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}

/** The number in "共 1,234 个岗位". */
export async function total(page) {
  const text = await page.locator("#found").innerText();
  return Number(text.replace(/[^0-9]/g, ""));
}

/** Addresses on a page that look so, each once. */
export async function links(page, pattern) {
  const anchors = page.locator("a[href]");
  const all = await anchors.evaluateAll((list) => list.map((a) => a.getAttribute("href")));
  return [...new Set(all)].filter((href) => pattern.test(href));
}

export const ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What a checker of accessibility finds, each as a line. */
export async function barriers(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), RULES);
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

const shots = new URL("../shots/", import.meta.url);
await mkdir(shots, { recursive: true });

/** Keeps a picture of the whole page. */
export async function picture(page, name) {
  const file = new URL(`${name.replaceAll(" ", "-")}.png`, shots);
  await page.screenshot({ path: file.pathname, fullPage: true });
}

/** How many pixels the page is wider than the screen. */
export const overflow = (page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
