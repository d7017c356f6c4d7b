// A passkey in a browser with an authenticator of its own: added on a telephone's page, shown at the
// door in the place of six digits, and removed. Passkeys are for names, so the story is told at
// localhost; the digits are made here as an authenticator on a telephone makes them.

import { createHmac } from "node:crypto";
import { as, barriers, base, desk, holds, overflow, phone, picture, same, story } from "./world.mjs";

const PASSWORD = "golden bridge harvest 42";
const there = new URL(base);
if (there.hostname === "127.0.0.1") there.hostname = "localhost";
// far away, so that nobody is the office of this machine
const far = { extraHTTPHeaders: { "x-forwarded-for": "203.0.113.9" } };

/** The six digits of a secret, now (RFC 6238). */
function digits(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(time).digest();
  const code = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(code % 1_000_000).padStart(6, "0");
}

async function authenticator(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", { options });
  return { client, authenticatorId };
}

async function password(page, login) {
  await page.goto(new URL("/sign-in", there).href);
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(PASSWORD);
  await page.follow(page.locator("main form button").first());
}

async function sound(page, name) {
  same(await overflow(page), 0, `pixels too wide: ${name}`);
  same((await barriers(page)).join("\n"), "", `barriers on ${name}`);
  await picture(page, name);
}

/** Without a script there are the digits, and no button that does nothing. */
const plain = (login) => async (page) => {
  await password(page, login);
  holds(await page.locator("#digits").isVisible(), "no digits");
  holds(!(await page.locator("[data-passkey-do]").isVisible()), "a passkey without a script");
  same(await overflow(page), 0, "pixels too wide: second step");
};

async function walk(page, login) {
  await authenticator(page);
  await password(page, login);
  // the six digits first
  await page.goto(new URL("/account/second", there).href);
  const secret = await page.locator("main code").first().innerText();
  await page.locator("#digits").fill(digits(secret.trim()));
  await page.locator("#password").fill(PASSWORD);
  await page.follow(page.locator("main form button").first());
  const paper = await page.locator(".codes li").allInnerTexts();
  same(paper.length, 10, "codes for paper");
  // a passkey
  await page.goto(new URL("/account/passkeys", there).href);
  await sound(page, `passkeys of ${login}, none`);
  await page.locator("#name").fill("办公室电脑");
  await page.locator("#password").fill(PASSWORD);
  await page.follow(page.locator('form[action="/account/passkeys/begin"] button'));
  await sound(page, `passkey of ${login} to be made`);
  await page.follow(page.locator("[data-passkey-do]"));
  await page.locator("h3", { hasText: "办公室电脑" }).waitFor();
  await sound(page, `passkeys of ${login}, one`);
  // out, and in with it
  await page.goto(new URL("/account", there).href);
  await page.follow(page.locator('form[action="/sign-out"] button').first());
  await password(page, login);
  holds(page.url().includes("/sign-in/next"), `not asked for a second step: ${page.url()}`);
  await sound(page, `second step of ${login}`);
  await page.follow(page.locator("[data-passkey-do]"));
  same(new URL(page.url()).pathname, "/account", "in with the passkey");
  await as({ ...phone, ...far, javaScriptEnabled: false }, plain(login));
  // away with it
  await page.goto(new URL("/account/passkeys", there).href);
  await page.follow(page.locator('a[href$="/remove"]'));
  await sound(page, `passkey of ${login} to be removed`);
  await page.locator("#digits").fill(paper[0].trim());
  await page.follow(page.locator('form[action$="/remove"] button'));
  same(await page.locator("main h3").count(), 0, "passkeys left");
  same(page.complaints.join("\n"), "", "complaints");
}

story("a passkey is added on a telephone, shown at the door and removed", () =>
  as({ ...phone, ...far }, (page) => walk(page, "village")));

story("a passkey is added at a desk, in English", () =>
  as({ ...desk, ...far, locale: "en-GB" }, (page) => walk(page, "system")));
