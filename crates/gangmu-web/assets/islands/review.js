// The review desk by keyboard: next and previous, change, reject with a reason, name who leads.
// @ts-check

/** @param {string} address */
const update = (address) => document.dispatchEvent(new CustomEvent("gangmu:go", { detail: { address } }));

/** @param {string} selector */
const find = (selector) => /** @type {HTMLElement | null} */ (document.querySelector(selector));
let rejecting = false;

/** Knots of proposals that begin on one line move below each other. */
function settle() {
  let last = -Infinity;
  for (const knot of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".number"))) {
    knot.style.removeProperty("margin-top");
    const top = knot.getBoundingClientRect().top;
    if (top < last + 21 && top > last - 200) knot.style.setProperty("margin-top", `${6 + last + 21 - top}px`);
    last = knot.getBoundingClientRect().top;
  }
}

function bring() {
  rejecting = false;
  settle();
  find(".number.current, .pro.current")?.scrollIntoView({ block: "nearest" });
  find("[data-open]")?.scrollIntoView({ block: "nearest" });
  const first = find("[data-open] .key.primary") || find("[data-open] .key") || find("#proposals");
  if (first && !document.activeElement?.closest("input, textarea")) first.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const origin = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = origin.closest("input, textarea, select");
  if (typing) {
    // Enter in a field of the open proposal sends the change, not the acceptance.
    if (event.key === "Enter" && origin.closest("[data-decide]") && !(origin instanceof HTMLTextAreaElement)) { event.preventDefault(); find("[data-change]")?.click(); }
    // Enter after words of one's own means the reason that asks for words, not the first of the form.
    if (event.key === "Enter" && origin.closest("[data-reject]")) { event.preventDefault(); find('[data-reason="4"]')?.click(); }
    return;
  }
  if (localStorage.getItem("single-keys") === "off") return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const folded = [...document.querySelectorAll(".proposals > li")];
    const at = folded.findIndex((li) => li.matches(".open"));
    const next = folded[key === "j" ? at + 1 : at - 1]?.querySelector("a");
    const address = next?.getAttribute("href") || find("[data-review]")?.getAttribute(key === "j" ? "data-next" : "data-previous");
    if (address) { event.preventDefault(); update(address); }
    return;
  }
  if (key === "c") { event.preventDefault(); const first = /** @type {HTMLTextAreaElement | null} */ (find("[data-first]")); first?.focus(); first?.select(); return; }
  if (rejecting && /^[1-4]$/.test(key)) { event.preventDefault(); find(`[data-reason="${key}"]`)?.click(); return; }
  // Outside of a rejection the same keys name who leads.
  if (/^[1-3]$/.test(key)) { const owner = find(`[data-owner="${key}"]`); if (owner) { event.preventDefault(); owner.click(); } }
});

document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-to-split]")) {
    const details = find(".split-by-hand");
    details?.setAttribute("open", "");
    find("#f-parts")?.focus();
  }
  if (/** @type {Element} */ (event.target).closest("[data-to-reasons]")) { rejecting = true; find("[data-reason]")?.focus(); }
});

document.addEventListener("gangmu:updated", bring);
bring();
