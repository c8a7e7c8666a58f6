// What every page shares: partial updates, keys, toasts, dialogs. Every page also works without this file.
// @ts-check

/** Asks the server for a page and puts its named region, its toasts and its header line into this one.
 * @param {string} address @param {RequestInit} [options] @param {string} [region] @param {boolean} [remember] */
async function update(address, options = {}, region = "main", remember = true) {
  const target = document.getElementById(region);
  if (!target) { location.assign(address); return; }
  target.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await fetch(address, { ...options, headers: { "x-partial": "1", ...(options.headers || {}) } });
  } catch {
    target.removeAttribute("aria-busy");
    lost();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(region);
  if (!fresh) { document.title = page.title; document.body.replaceWith(page.body); return; }
  const kept = new Map();
  for (const column of target.querySelectorAll("[data-keep-scroll]")) kept.set(column.getAttribute("data-keep-scroll"), column.scrollTop);
  target.replaceWith(fresh);
  for (const column of fresh.querySelectorAll("[data-keep-scroll]")) {
    const top = kept.get(column.getAttribute("data-keep-scroll"));
    if (top !== undefined) column.scrollTop = top;
  }
  for (const selector of [".toasts", "#review-top", "body > .keybar"]) {
    const there = document.querySelector(selector), here = page.querySelector(selector);
    if (there && here) there.replaceWith(here);
  }
  document.title = page.title;
  if (remember && answer.url) history.pushState({}, "", answer.url);
  fadeToasts();
  document.dispatchEvent(new CustomEvent("gangmu:updated", { detail: { region } }));
}

function lost() {
  const dialog = message(words("lost") || "");
  dialog.addEventListener("close", () => dialog.remove());
}

/** @param {string} key */
function words(key) { return document.querySelector(`template[data-words="${key}"]`)?.innerHTML; }

/** @param {string} html */
function message(html) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.innerHTML = html;
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

document.addEventListener("click", (event) => {
  const origin = /** @type {Element} */ (event.target);
  const link = origin.closest("a[data-partial]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    update(link.getAttribute("href") || "", {}, link.getAttribute("data-partial") || "main");
    return;
  }
  if (origin.closest("[data-close]")) { origin.closest("dialog")?.close(); return; }
  const print = origin.closest("[data-print], [data-print-page]");
  if (print) { event.preventDefault(); window.print(); }
  const copy = origin.closest("[data-copy]");
  if (copy) { navigator.clipboard?.writeText(copy.getAttribute("data-copy") || ""); copy.classList.add("done"); }
  // A filter that was left closes.
  for (const open of document.querySelectorAll("details.filter[open]")) if (!open.contains(origin)) open.removeAttribute("open");
});

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const submitter = /** @type {HTMLElement | null} */ (event.submitter);
  const region = form.getAttribute("data-partial");
  if (!region) { if (submitter?.dataset.busy) { submitter.setAttribute("aria-busy", "true"); } return; }
  event.preventDefault();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === "string") body.append(name, value);
  submitter?.setAttribute("aria-busy", "true");
  update(form.action, { method: "POST", body }, region);
});

document.addEventListener("gangmu:go", (event) => update(/** @type {CustomEvent} */ (event).detail.address));
window.addEventListener("popstate", () => location.reload());

document.addEventListener("keydown", (event) => {
  const origin = /** @type {HTMLElement} */ (event.target);
  const typing = origin.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll("details.filter[open]")) { open.removeAttribute("open"); open.querySelector("summary")?.focus(); }
    if (typing) origin.blur();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("single-keys") === "off" || document.querySelector("dialog[open]")) return;
  if (event.key === "/") { event.preventDefault(); /** @type {HTMLElement | null} */ (document.querySelector("input[type=search]"))?.focus(); return; }
  if (event.key === "?") { event.preventDefault(); showKeys(); return; }
  if (event.key.toLowerCase() === "g" && document.querySelector("template[data-words=go]")) { event.preventDefault(); goTo(); return; }
  if (event.key.toLowerCase() === "p" && document.querySelector("[data-print]")) { event.preventDefault(); window.print(); return; }
  const key = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`));
  if (key && key.getAttribute("aria-disabled") !== "true") { event.preventDefault(); key.click(); }
});

function showKeys() {
  const html = words("keys");
  if (!html) return;
  const dialog = message(html);
  const off = /** @type {HTMLInputElement | null} */ (dialog.querySelector("[data-single-keys]"));
  if (off) {
    off.checked = localStorage.getItem("single-keys") === "off";
    off.addEventListener("change", () => localStorage.setItem("single-keys", off.checked ? "off" : "on"));
  }
  dialog.addEventListener("close", () => dialog.remove());
}

function goTo() {
  const html = words("go");
  if (!html) return;
  const dialog = message(html);
  dialog.addEventListener("close", () => dialog.remove());
}

function fadeToasts() {
  for (const toast of document.querySelectorAll("[data-toast]:not([data-timed])")) {
    toast.setAttribute("data-timed", "");
    setTimeout(() => toast.remove(), 10000);
  }
}
fadeToasts();

// Controls that need this file appear with it.
function reveal() {
  for (const control of document.querySelectorAll("[data-toggles], [data-copy], [data-print-page], [data-steps], [data-to-split]")) control.removeAttribute("hidden");
}
reveal();
document.addEventListener("gangmu:updated", reveal);
