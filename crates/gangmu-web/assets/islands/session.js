// The end of a session is told two minutes before it comes, and typing counts as use. What is typed stays on the page;
// a form that is sent too late is kept by the server over the login.
// @ts-check

const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=gangmu-session]"));
const words = /** @type {HTMLTemplateElement | null} */ (document.querySelector("template[data-words=session]"));
const WARNING = 120_000, QUIET = 240_000, USED = "gangmu-session-used";

if (meta && words) {
  let [idle, left] = meta.content.split(" ").map((seconds) => Number(seconds) * 1000);
  let end = Date.now() + left;
  let asked = Date.now();
  let timer = 0;

  const used = () => {
    asked = Date.now();
    try { localStorage.setItem(USED, String(asked)); } catch { /* a browser that keeps nothing has one window */ }
    plan();
  };
  const lastUse = () => {
    try { return Math.max(asked, Number(localStorage.getItem(USED)) || 0); } catch { return asked; }
  };
  const over = () => Math.min(lastUse() + idle, end);

  const plan = () => {
    clearTimeout(timer);
    const now = Date.now(), until = over();
    if (now >= until) { say(end <= until ? "ended" : "unused"); return; }
    if (now >= until - WARNING) { say(end <= until ? "ending" : "idle"); timer = setTimeout(plan, until - now); return; }
    document.querySelector(".session-bar")?.remove();
    timer = setTimeout(plan, until - WARNING - now);
  };

  /** @param {string} which */
  const say = (which) => {
    const bar = /** @type {HTMLElement} */ (document.querySelector(".session-bar") || document.createElement("div"));
    if (bar.dataset.says === which) return;
    bar.className = "session-bar on-ink no-print";
    bar.dataset.says = which;
    bar.setAttribute("role", "alert");
    const part = words.content.querySelector(`[data-says=${which}]`);
    bar.replaceChildren(...(part ? [...part.cloneNode(true).childNodes] : []));
    bar.querySelector("[data-keep]")?.addEventListener("click", keep);
    document.body.append(bar);
  };

  async function keep() {
    const answer = await fetch("/account/alive", { headers: { "x-partial": "1" }, redirect: "manual" }).catch(() => null);
    if (!answer?.ok) { plan(); return; }
    [idle, left] = (await answer.text()).split(" ").map((seconds) => Number(seconds) * 1000);
    end = Date.now() + left;
    used();
  }

  // Typing is use, though it asks the server for nothing.
  document.addEventListener("input", () => { if (Date.now() - lastUse() > QUIET && Date.now() < over()) { asked = Date.now(); keep(); } });
  document.addEventListener("gangmu:updated", used);
  window.addEventListener("storage", (event) => { if (event.key === USED) plan(); });
  document.addEventListener("visibilitychange", plan);
  used();
}
