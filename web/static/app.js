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
