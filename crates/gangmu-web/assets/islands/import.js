// Import: files are dropped, the way up is shown, the page of a running import renews itself, and a folder is sorted.
// @ts-check

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-import]"));
if (form) {
  const drop = /** @type {HTMLElement} */ (form.querySelector("[data-drop]"));
  const picker = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
  const list = /** @type {HTMLElement} */ (form.querySelector("[data-files]"));
  const problem = /** @type {HTMLElement} */ (form.querySelector("[data-problem]"));
  const limit = Number(form.dataset.limit);

  // With the list of files below, the browser's own key, in the browser's own language, is not needed.
  picker.classList.add("sr");
  form.querySelector("[data-pick]")?.classList.add("key");

  const show = () => {
    list.replaceChildren(...[...(picker.files || [])].map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("span"), size = document.createElement("span");
      name.textContent = file.name;
      size.textContent = file.size < 1048576 ? `${Math.max(1, Math.round(file.size / 1024))} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
      line.append(name, size);
      return line;
    }));
    const total = [...(picker.files || [])].reduce((sum, file) => sum + file.size, 0);
    problem.hidden = total <= limit;
    if (total > limit) problem.textContent = form.dataset.tooLarge || "";
  };
  picker.addEventListener("change", show);
  for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer?.files.length) { picker.files = event.dataTransfer.files; show(); }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!problem.hidden && [...(picker.files || [])].reduce((sum, file) => sum + file.size, 0) > limit) return;
    const key = /** @type {HTMLButtonElement} */ (form.querySelector("button.primary"));
    const words = key.textContent;
    const bar = /** @type {HTMLElement} */ (form.querySelector("[data-progress]"));
    const progress = /** @type {HTMLProgressElement} */ (bar.querySelector("progress"));
    const request = new XMLHttpRequest();
    const failed = () => { key.disabled = false; key.textContent = words; bar.hidden = true; problem.textContent = form.dataset.failed || ""; problem.hidden = false; };
    bar.hidden = false;
    key.disabled = true;
    key.textContent = key.dataset.busy || words;
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total; });
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== form.action && request.status < 400) { location.assign(request.responseURL); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const reasons = page.querySelector("#refusals, .notice.refusal, .notice.fault");
      if (!reasons) { failed(); return; }
      failed();
      problem.replaceChildren(...[...reasons.childNodes].map((node) => document.importNode(node, true)));
    });
    request.open("POST", form.action);
    request.setRequestHeader("x-partial", "1");
    request.send(new FormData(form));
  });
}

// Another use of a file is told at once what it means.
document.addEventListener("change", (event) => {
  const choice = event.target;
  if (!(choice instanceof HTMLSelectElement) || !choice.closest(".sorted")) return;
  const hint = choice.parentElement?.querySelector("[data-hint]");
  if (hint) hint.textContent = choice.selectedOptions[0]?.dataset.what || "";
});

async function poll() {
  const main = document.querySelector("[data-poll]");
  if (!main) return;
  const address = main.getAttribute("data-poll") || "";
  const answer = await fetch(address, { headers: { "x-partial": "1" } }).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("main");
    if (fresh) { main.replaceWith(fresh); document.title = page.title; }
  }
  setTimeout(poll, 800);
}
setTimeout(poll, 800);
