// Improves what works without it: "/" goes to the search box, "near me" asks where you are, a link
// can be copied, and what needs a script is shown only where one runs.
"use strict";

for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector("input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Lists are walked with the arrows; "?" shows the keys. Esc leaves the box of the counter with what
// was typed in it.
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (key === "Escape" && target.matches("[data-kept]")) {
    event.preventDefault();
    return target.blur();
  }
  const typing = target.closest("textarea, select, input:not([type=checkbox], [type=search])");
  if (key === "?" && !target.closest("input:not([type=checkbox]), textarea")) {
    const keys = document.getElementById("keys");
    if (!keys) return;
    keys.open = !keys.open;
    keys.firstElementChild.focus();
    return;
  }
  if (typing || (key !== "ArrowDown" && key !== "ArrowUp")) return;
  const stops = [...document.querySelectorAll("[data-walk] > li, [data-walk] > tr")].map((row) => row.querySelector("input[type=checkbox], a[href]"));
  const all = stops.filter((stop) => stop);
  if (all.length === 0 || (target.matches("input[type=search]") && key === "ArrowUp")) return;
  const row = target.closest("[data-walk] > *");
  const at = row ? all.findIndex((stop) => row.contains(stop)) : -1;
  const next = key === "ArrowDown" ? at + 1 : at - 1;
  event.preventDefault();
  if (next < 0) return document.querySelector("input[type=search]")?.focus();
  all[Math.min(next, all.length - 1)].focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy], button[data-near], button[data-print]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  if ("copy" in button.dataset) copy(button);
  if ("near" in button.dataset) near(button);
});

function tell(button, words) {
  let status = button.nextElementSibling;
  if (!status || status.getAttribute("role") !== "status") {
    status = document.createElement("span");
    status.setAttribute("role", "status");
    button.after(status);
  }
  status.textContent = words;
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy || location.href);
    tell(button, button.dataset.done);
  } catch {
    tell(button, button.dataset.copy || location.href);
  }
}

function near(button) {
  const found = ({ coords }) => {
    const address = new URL(button.dataset.near, location.href);
    // a kilometre is near enough, and nobody learns the house
    const round = (degrees) => degrees.toFixed(2);
    address.searchParams.set("near", `${round(coords.latitude)},${round(coords.longitude)}`);
    address.searchParams.delete("cursor");
    address.searchParams.set("sort", "distance");
    location.assign(address);
  };
  if (!navigator.geolocation) return tell(button, button.dataset.failed);
  tell(button, button.dataset.wait);
  navigator.geolocation.getCurrentPosition(found, () => tell(button, button.dataset.failed), { timeout: 10000 });
}

for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// A field as a combobox: what is typed is asked about after a moment, arrows choose, Enter takes,
// Escape closes. Without an answer it stays the plain field that it is.
function combobox(box, { words, ask, take, typed }) {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  const known = new Map();
  let [chosen, timer, asking, items] = [-1, 0, null, []];
  Object.assign(list, { id: `${box.id}-list`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.list);
  status.setAttribute("role", "status");
  status.className = "hush";
  box.after(list, status);
  const set = (name, value) => box.setAttribute(name, value);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", list.id);
  set("aria-expanded", "false");

  function choose(at) {
    chosen = at;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = list.children[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    set("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    items = found;
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    set("aria-expanded", String(!list.hidden));
    choose(-1);
    status.textContent = found.length === 0 ? words.none : words.some.replace("#", found.length);
  }

  function option(item, i) {
    const one = document.createElement("li");
    one.id = `${list.id}-${i}`;
    one.setAttribute("role", "option");
    const part = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
    one.append(part("name", item.name), part("note", item.note));
    if (words.posts && item.count !== null) one.append(part("num", words.posts.replace("#", item.count.toLocaleString("en"))));
    return one;
  }

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    set("aria-expanded", "false");
    choose(-1);
  };

  async function look() {
    const text = typed();
    if (!text) return close();
    const key = ask(text);
    if (known.has(key)) return show(known.get(key));
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(key, { signal: asking.signal });
      if (!answer.ok) return close();
      known.set(key, (await answer.json()).items);
      if (typed() === text && document.activeElement === box) show(known.get(key));
    } catch {
      // overtaken by the next letter, or no line: the field still works
    }
  }

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    // half a syllable of an input method is nobody's word
    if (!event.isComposing) timer = setTimeout(look, 120);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 120);
  });
  const taken = (at) => {
    take(items[at]);
    close();
  };
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    const [key, last] = [event.key, items.length - 1];
    if ((key === "ArrowDown" || key === "ArrowUp") && !open) look();
    else if (key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (key === "Escape" && open) close();
    else if (key === "Enter" && open && chosen >= 0) taken(chosen);
    else return;
    event.preventDefault();
  });
  // before the field loses the focus, and with it the list
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(event.target.closest("li"));
    if (at >= 0) taken(at);
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
}

// The search box leads to what was meant.
for (const form of document.querySelectorAll("form[data-suggest]")) {
  const box = form.querySelector("input[type=search]");
  combobox(box, {
    words: form.dataset,
    typed: () => box.value.trim(),
    ask: () => {
      const fields = [...new FormData(form)].filter(([name, value]) => value && name !== "limit");
      return `${form.dataset.suggest}?${new URLSearchParams(fields)}`;
    },
    take: (item) => location.assign(item.page),
  });
}

// A field of a form is filled with what was meant; of several, the last piece.
for (const box of document.querySelectorAll("input[data-complete]")) {
  const kind = box.dataset.complete;
  const pieces = () => ("many" in box.dataset ? box.value.split(/[、,，;；]/) : [box.value]);
  combobox(box, {
    words: { ...box.form.dataset, posts: "" },
    typed: () => pieces().at(-1).trim(),
    ask: (text) => `/api/v1/suggest?${new URLSearchParams({ q: text, kind, limit: 8 })}`,
    take: (item) => {
      box.value = [...pieces().slice(0, -1), item.text].join("、");
      box.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
}

// At the counter Enter goes on to the next field, and saves from the last one; with Ctrl it saves from
// anywhere. The first empty field has the focus.
for (const form of document.querySelectorAll("form[data-desk]")) {
  const fields = [...form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox])")];
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (fields.includes(event.target)) {
      const next = fields[fields.indexOf(event.target) + 1];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.select();
    }
  });
  const first = form.querySelector("[aria-invalid=true]") ?? fields.find((field) => !field.value);
  if (matchMedia("(min-width: 60rem)").matches) first?.focus();
  if (form.dataset.look) watch(form);
}

// What was understood, and who it may be, after each field.
function watch(form) {
  let asking = null;
  form.addEventListener("change", async () => {
    asking?.abort();
    asking = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.look, { method: "POST", body, signal: asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["known", "understood"]) {
        const found = page.getElementById(id);
        if (found) document.getElementById(id).replaceChildren(...found.childNodes);
      }
    } catch {
      // the form is read once more when it is sent
    }
  });
}

// A text that is looked through while somebody writes: the same form, sent a moment after the last
// key, and the part of the answer that says what was found.
for (const form of document.querySelectorAll("form[data-check]")) {
  let [timer, asking] = [0, null];
  const look = async () => {
    asking?.abort();
    asking = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById(form.dataset.check);
      if (found) document.getElementById(form.dataset.check).replaceChildren(...found.childNodes);
    } catch {
      // the button still works
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (form.elements.title.value) timer = setTimeout(look, 400);
  });
}

// A form that is read while somebody writes: sent a moment after the last key to where it is only
// looked at, and every part of the answer that speaks of a field put in its place.
for (const form of document.querySelectorAll("form[data-live]")) {
  let [timer, asking] = [0, null];
  const look = async () => {
    asking?.abort();
    asking = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.live, { method: "POST", body, signal: asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of form.querySelectorAll("[data-live-part]")) {
        const found = page.getElementById(part.id);
        if (found && found.innerHTML !== part.innerHTML) part.replaceChildren(...found.childNodes);
      }
    } catch {
      // the button still works
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (form.elements.title.value) timer = setTimeout(look, 500);
  });
}
