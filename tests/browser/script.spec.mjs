// What somebody types who wants it to run in the browser of whoever reads it: five hundred and more texts,
// in every field that an employer or a clerk has, opened on the pages where others read them.

import { as, desk, enter, far, holds, ID, links, same, story } from "./world.mjs";

// each would call `alert` or leave a mark where it ran
const RUN = "alert(window.ran=1)";
const VECTORS = [
  `<script>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><script>${RUN}</script></svg>`,
  `<body onload=${RUN}>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<iframe src="javascript:parent.${RUN}"></iframe>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}></select>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}></audio>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<a href="javascript:${RUN}" id=jqlink>x</a>`,
  `<a href="java&#x09;script:${RUN}" id=jqlink>x</a>`,
  `<form action="javascript:${RUN}"><button autofocus>x</button></form>`,
  `<base href="//evil.example/">`,
  `<link rel=stylesheet href="//evil.example/x.css">`,
  `<style>@import "//evil.example/x.css";</style>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<template><script>${RUN}</script></template>`,
  `" autofocus onfocus=${RUN} x="`,
  `' autofocus onfocus=${RUN} x='`,
  `javascript:${RUN}`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `';${RUN};//`,
];
const escaped = (text) => [...text].map((c) => `&#${c.codePointAt(0)};`).join("");
const WAYS = [
  (v) => v,
  (v) => `">${v}`,
  (v) => `'>${v}`,
  (v) => `</textarea>${v}`,
  (v) => `</title></style></script>${v}`,
  (v) => `-->${v}<!--`,
  (v) => `]]>${v}`,
  (v) => v.toUpperCase().replace(RUN.toUpperCase(), RUN),
  (v) => v.replace(/ /g, "/"),
  (v) => v.replaceAll("<", "<\t"),
  (v) => v.replaceAll("script", "scr\tipt"),
  (v) => v.replaceAll("<", "＜").replaceAll(">", "＞"),
  (v) => encodeURIComponent(v),
  (v) => escaped(v),
  (v) => v.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e"),
  (v) => `\u202e${v}`,
];
const PAYLOADS = WAYS.flatMap((way) => VECTORS.map(way));

/** A page that notes what runs, and what the policy stops. */
async function watched(page) {
  page.dialogs = [];
  page.on("dialog", (dialog) => {
    page.dialogs.push(dialog.message());
    dialog.dismiss();
  });
  await page.addInitScript(() => {
    window.stopped = [];
    addEventListener("securitypolicyviolation", (e) => window.stopped.push(`${e.effectiveDirective} ${e.blockedURI}`));
  });
}

async function quiet(page, path) {
  await page.at(path);
  const [ran, stopped, strange] = await page.evaluate(() => [
    window.ran,
    window.stopped,
    document.querySelectorAll("iframe,object,embed,base,math,marquee,#jqlink,[onerror],[onload],[onfocus]").length,
  ]);
  same(ran, undefined, `something ran on ${path}`);
  same(page.dialogs.join(), "", `dialogs of ${path}`);
  same(stopped.join(), "", `what the policy stopped on ${path}`);
  same(strange, 0, `elements that somebody typed on ${path}`);
}

story("five hundred scripts in the texts of vacancies run on no page", () =>
  as({ ...desk, ...far }, async (page) => {
    holds(PAYLOADS.length > 500, `${PAYLOADS.length} texts`);
    await watched(page);
    await enter(page, "owner");
    let kept = [];
    for (let from = 0; from < PAYLOADS.length; from += 64) {
      const items = PAYLOADS.slice(from, from + 64).map((put, n) => ({
        title: `焊工${from + n} ${put.length < 180 ? put : ""}`, duties: put, contact: put, skills: put, education: put, place: "天水市甘谷县",
        wage: "5000元/月", act: "send",
      }));
      const answer = await page.request.post(new URL("/api/v1/vacancies/bulk", page.url()).href, { data: { items } });
      same(answer.status(), 200, "what becomes of many");
      kept = kept.concat((await answer.json()).items.map((one) => one.kept?.id).filter(Boolean));
    }
    holds(kept.length >= 500, `only ${kept.length} of ${PAYLOADS.length} were taken`);
    for (const id of kept) await quiet(page, `/vacancies/${id}/edit`);
    for (const id of kept.slice(0, 64)) {
      for (const path of [`/vacancies/${id}`, `/vacancies/${id}/manage`]) await quiet(page, path);
    }
    for (const path of ["/desk", "/vacancies/new"]) await quiet(page, path);
    console.log(`        ${kept.length} vacancies of ${PAYLOADS.length} texts`);
  }));

story("scripts in what is told of a person run nowhere either", () =>
  as({ ...desk, ...far }, async (page) => {
    await watched(page);
    await enter(page, "clerk");
    const some = PAYLOADS.filter((_, n) => n % 11 === 0);
    let shown = 0;
    for (const [n, put] of some.entries()) {
      const form = {
        name: `测${put}`.slice(0, 48), phone: `137${String(Date.now() + n).slice(-8)}`, place: `天水市秦州区${put}`,
        education: `初中${put}`, experience: "三年", history: put, skills: put, wish: `电焊工${put}`, wage: "4000",
      };
      const answer = await page.request.post(new URL("/jobseekers", page.url()).href, { form, maxRedirects: 0 });
      const [id] = answer.headers().location?.match(new RegExp(ID)) ?? [];
      if (!id) continue;
      shown += 1;
      for (const path of ["", "/edit", "/profile", "/cv", "/data"]) await quiet(page, `/jobseekers/${id}${path}`);
      await quiet(page, `/counter?person=${id}`);
    }
    holds(shown > some.length / 2, `only ${shown} of ${some.length} people were registered`);
    for (const path of ["/jobseekers", "/workbench", "/jobseekers/duplicates"]) await quiet(page, path);
    for (const path of (await links(page, /^\/[a-z]+(\/[a-z]+)?$/)).slice(0, 20)) await quiet(page, path);
    console.log(`        ${shown} people`);
  }));
