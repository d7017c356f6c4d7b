// Runs every story of this folder against a running demonstration (JINQIAO_URL) in Chromium, and
// ends with one line of totals. An argument keeps the stories whose name contains it.

import { readdir } from "node:fs/promises";
import { close, stories } from "./world.mjs";

const folder = new URL(".", import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith(".spec.mjs")).sort();
for (const name of files) await import(new URL(name, folder));

const wanted = process.argv[2] ?? "";
let passed = 0;
let failed = 0;
for (const { name, deeds } of stories.filter((one) => one.name.includes(wanted))) {
  try {
    await deeds();
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}`);
  }
}
await close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
