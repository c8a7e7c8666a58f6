// The reader: choosing a sentence, showing and hiding lines, and marks that do not cover each other.
// @ts-check

const reading = /** @type {HTMLElement} */ (document.querySelector("[data-reading]"));

/** Chooses a sentence: the panel and the address follow, the text stays where it is. @param {string} address */
async function choose(address) {
  const answer = await fetch(address, { headers: { "x-partial": "1" } }).catch(() => null);
  if (!answer || !answer.ok) { location.assign(address); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = page.getElementById("facing");
  const text = page.querySelector("[data-reading]");
  if (!panel || !text) { location.assign(address); return; }
  const panelHere = document.getElementById("facing");
  const opened = panelHere?.classList.contains("full");
  panelHere?.replaceWith(panel);
  if (opened) panel.classList.add("full");
  for (const name of ["s", "mark"]) {
    const fresh = text.querySelectorAll("." + name);
    reading.querySelectorAll("." + name).forEach((element, index) => element.classList.toggle("chosen", fresh[index]?.classList.contains("chosen") || false));
  }
  for (const [selector] of [[".outline nav"], [".crumbs ol"]]) {
    const there = document.querySelector(selector), here = page.querySelector(selector);
    if (there && here) there.replaceWith(here);
  }
  document.title = page.title;
  history.pushState({}, "", answer.url);
  document.dispatchEvent(new CustomEvent("gangmu:updated", { detail: { region: "facing" } }));
}

reading.addEventListener("click", (event) => {
  const origin = /** @type {Element} */ (event.target);
  const chosen = origin.closest("[data-sentence]")?.getAttribute("href") || origin.closest("[data-href]")?.getAttribute("data-href");
  if (!chosen || event.ctrlKey || event.metaKey || String(getSelection())) return;
  event.preventDefault();
  choose(chosen);
});

document.addEventListener("keydown", (event) => {
  const origin = /** @type {HTMLElement} */ (event.target);
  if (origin.closest("input:not([type=checkbox]), textarea, select") || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (localStorage.getItem("single-keys") === "off") return;
  const direction = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (direction) { event.preventDefault(); step(direction); }
  if (event.key.toLowerCase() === "o") { /** @type {HTMLElement | null} */ (document.querySelector("#facing .commitment-text a"))?.focus(); }
});

/** Chooses the next or the previous sentence that promises something. @param {number} direction */
function step(direction) {
  const marked = [...reading.querySelectorAll(".s")].filter((s) => s.previousElementSibling?.matches(".mark") || s.classList.contains("chosen"));
  const list = marked.length > 1 ? marked : [...reading.querySelectorAll(".s")];
  const at = list.findIndex((s) => s.classList.contains("chosen"));
  const next = list[Math.min(Math.max(at + direction, 0), list.length - 1)];
  if (next) { next.scrollIntoView({ block: "nearest" }); choose(next.getAttribute("data-href") || ""); }
}

for (const box of document.querySelectorAll("[data-toggle]")) {
  const name = box.getAttribute("data-toggle") || "";
  const input = /** @type {HTMLInputElement} */ (box);
  input.checked = sessionStorage.getItem(name) !== "1";
  reading.classList.toggle(name, !input.checked);
  input.addEventListener("change", () => {
    sessionStorage.setItem(name, input.checked ? "0" : "1");
    reading.classList.toggle(name, !input.checked);
  });
}

/** Marks whose sentences begin on one line move below each other. */
function settle() {
  let last = -Infinity;
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (reading.querySelectorAll(".mark"))) {
    mark.style.removeProperty("margin-top");
    const top = mark.getBoundingClientRect().top;
    if (top < last + 17 && top > last - 200) mark.style.setProperty("margin-top", `${last + 17 - top}px`);
    last = mark.getBoundingClientRect().top;
  }
}
settle();
addEventListener("resize", settle);
document.fonts?.ready.then(settle);

document.addEventListener("click", (event) => {
  const origin = /** @type {Element} */ (event.target);
  if (origin.closest("[data-sheet]")) document.getElementById("facing")?.classList.toggle("full");
  const stepping = origin.closest("[data-step]");
  if (stepping) step(Number(stepping.getAttribute("data-step")));
  const open = origin.closest("[data-show-outline]");
  if (open) { event.preventDefault(); document.getElementById("outline")?.classList.toggle("shown"); }
});

// The chosen sentence and the chosen line of the outline come into view.
reading.querySelector(".s.chosen, .clause.selected")?.scrollIntoView({ block: "center" });
document.querySelector(".outline a[aria-current]")?.scrollIntoView({ block: "nearest" });
