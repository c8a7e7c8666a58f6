// Attachments: files are dropped or chosen, and go up in pieces that survive a lost connection (tus 1.0).
// Without this file the form sends them as any form does.
// @ts-check

const PIECE = 2 << 20;
const LONGEST = 15_000;

/** Puts the island onto the form, also after the page was renewed. */
function begin() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-attach]:not([data-ready])"));
  if (!form) return;
  form.setAttribute("data-ready", "");
  const drop = /** @type {HTMLElement} */ (form.querySelector("[data-drop]"));
  const picker = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
  // Files go up as soon as they are chosen: the key that sends the form is not needed.
  picker.classList.add("sr");
  form.querySelector("[data-pick]")?.classList.add("key");
  form.querySelector("[data-send]")?.setAttribute("hidden", "");
  picker.addEventListener("change", () => { take(form, [...(picker.files || [])]); picker.value = ""; });
  for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(form, [...(event.dataTransfer?.files || [])]);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

/** @param {HTMLFormElement} form @param {File[]} files */
async function take(form, files) {
  const uploads = files.map((file) => new Upload(form, file));
  let added = 0;
  for (const upload of uploads) if (await upload.run()) added += 1;
  if (added) await renew(uploads.filter((upload) => !upload.added).map((upload) => upload.line));
}

/** Shows the list with the new files in it; lines that still have something to say stay.
 * @param {HTMLElement[]} kept */
async function renew(kept) {
  const section = document.getElementById("attachments");
  if (!section) return;
  const answer = await fetch(location.href, { headers: { "x-partial": "1" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("attachments");
  if (!fresh) return;
  section.replaceWith(fresh);
  begin();
  fresh.querySelector("[data-arriving]")?.replaceChildren(...kept);
  /** @type {HTMLElement | null} */ (fresh.querySelector("input[type=file]"))?.focus();
}

class Upload {
  added = false;
  stopped = false;

  /** @param {HTMLFormElement} form @param {File} file */
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.words = /** @type {HTMLElement} */ (form.querySelector("[data-attach-words]")).dataset;
    this.csrf = /** @type {HTMLInputElement} */ (form.querySelector("input[name=csrf]")).value;
    // The same file for the same object goes on where it was, also after the page was left.
    this.memory = ["upload", form.dataset.kind, form.dataset.object, file.name, file.size, file.lastModified].join(" ");
    this.line = document.createElement("li");
    this.state = document.createElement("span");
    this.bar = document.createElement("progress");
    this.key = document.createElement("button");
    const name = document.createElement("span");
    name.textContent = file.name;
    name.className = "attached-name";
    this.state.className = "soft";
    this.bar.max = Math.max(1, file.size);
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.key.type = "button";
    this.key.className = "key small quiet";
    this.key.textContent = this.words.stop || "";
    this.key.setAttribute("aria-label", `${this.words.stop} ${file.name}`);
    this.key.addEventListener("click", () => this.stop());
    const right = document.createElement("span");
    right.className = "keys";
    right.append(this.state, this.key);
    this.line.append(name, right, this.bar);
    this.say(this.words.waiting);
    form.querySelector("[data-arriving]")?.append(this.line);
  }

  /** @param {string | undefined} words */
  say(words) { this.state.textContent = words || ""; }

  /** Sends until the file is an attachment, or is refused, or stopped. Did it become one? */
  async run() {
    if (this.stopped) return false;
    if (this.file.size > Number(this.form.dataset.limit)) { this.refuse(this.words.large || ""); return false; }
    let rest = 1000;
    let address = localStorage.getItem(this.memory);
    let at = address ? await this.ask(address) : null;
    if (at === null) address = null;
    while (!this.stopped && !this.added) {
      try {
        if (!address) { address = await this.create(); at = 0; }
        if (!address) return false;
        if (at === null) { at = await this.ask(address); if (at === null) { this.refuse(this.words.failed || "", true); return false; } }
        at = await this.send(address, at);
        rest = 1000;
        if (at === null) return this.added;
      } catch {
        this.say(this.words.lost);
        await pause(rest);
        rest = Math.min(rest * 2, LONGEST);
        at = null;
      }
    }
    return this.added;
  }

  /** Begins an upload; its address, or none where it is refused. */
  async create() {
    const encode = (/** @type {string} */ text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    const told = { filename: this.file.name, filetype: this.file.type, kind: this.form.dataset.kind || "", object: this.form.dataset.object || "" };
    const answer = await fetch("/uploads", {
      method: "POST",
      headers: {
        ...this.headers(),
        "Upload-Length": String(this.file.size),
        "Upload-Metadata": Object.entries(told).map(([name, value]) => `${name} ${encode(value)}`).join(","),
      },
    });
    if (answer.status !== 201) { this.refuse(await reasons(answer, this.words.failed)); return null; }
    const address = answer.headers.get("location") || "";
    localStorage.setItem(this.memory, address);
    return address;
  }

  /** Where an upload ends; none where it is gone. @param {string} address @returns {Promise<number | null>} */
  async ask(address) {
    const answer = await fetch(address, { method: "HEAD", headers: this.headers() });
    if (!answer.ok) { localStorage.removeItem(this.memory); return null; }
    if (answer.headers.get("x-attachment")) this.done();
    return Number(answer.headers.get("upload-offset"));
  }

  /** Sends the next piece; where the upload ends then, or none when all is over.
   * @param {string} address @param {number} at @returns {Promise<number | null>} */
  async send(address, at) {
    if (this.added) return null;
    const piece = this.file.slice(at, at + PIECE);
    const last = at + piece.size >= this.file.size;
    this.say(last && at > 0 ? this.words.checking : this.words.sending);
    const answer = await this.patch(address, at, piece);
    if (answer.status === 204) {
      const now = Number(answer.getResponseHeader("upload-offset"));
      this.bar.value = now;
      if (answer.getResponseHeader("x-attachment")) { this.done(); return null; }
      return now;
    }
    // Elsewhere than thought, or still held by the connection that broke: ask again.
    if (answer.status === 409 || answer.status === 423 || answer.status >= 500) throw new Error(String(answer.status));
    localStorage.removeItem(this.memory);
    const plain = (answer.getResponseHeader("content-type") || "").startsWith("text/plain");
    this.refuse(plain && answer.responseText ? answer.responseText : this.words.failed || "");
    return null;
  }

  /** @param {string} address @param {number} at @param {Blob} piece @returns {Promise<XMLHttpRequest>} */
  patch(address, at, piece) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.upload.addEventListener("progress", (event) => { this.bar.value = at + event.loaded; });
      for (const kind of ["error", "abort", "timeout"]) request.addEventListener(kind, () => reject(new Error(kind)));
      request.addEventListener("load", () => resolve(request));
      request.open("PATCH", address);
      for (const [name, value] of Object.entries({ ...this.headers(), "Upload-Offset": String(at), "Content-Type": "application/offset+octet-stream" })) request.setRequestHeader(name, value);
      request.send(piece);
    });
  }

  headers() { return { "Tus-Resumable": "1.0.0", "x-gangmu-form": this.csrf }; }

  done() {
    this.added = true;
    localStorage.removeItem(this.memory);
    this.bar.value = this.bar.max;
    this.key.remove();
    this.say(this.words.done);
  }

  async stop() {
    this.stopped = true;
    this.request?.abort();
    const address = localStorage.getItem(this.memory);
    localStorage.removeItem(this.memory);
    this.bar.remove();
    this.key.remove();
    this.say(this.words.stopped);
    if (address) await fetch(address, { method: "DELETE", headers: this.headers() }).catch(() => null);
  }

  /** @param {string} words @param {boolean} [again] */
  refuse(words, again = false) {
    const notice = document.createElement("div");
    notice.className = "notice refusal problem";
    notice.setAttribute("role", "alert");
    for (const line of words.split("\n")) {
      const said = document.createElement("p");
      said.textContent = line;
      notice.append(said);
    }
    this.say("");
    this.bar.remove();
    this.key.remove();
    this.line.append(notice);
    if (!again) return;
    const key = document.createElement("button");
    key.type = "button";
    key.className = "key small";
    key.textContent = this.words.again || "";
    key.addEventListener("click", () => { this.line.remove(); take(this.form, [this.file]); });
    notice.append(key);
  }
}

/** The words of a refusal. @param {Response} answer @param {string | undefined} otherwise */
async function reasons(answer, otherwise) {
  const plain = (answer.headers.get("content-type") || "").startsWith("text/plain");
  return (plain && (await answer.text())) || otherwise || "";
}

/** Waits, but not longer than until the connection is back. @param {number} time */
function pause(time) {
  return new Promise((resolve) => {
    const end = () => { clearTimeout(timer); window.removeEventListener("online", end); resolve(undefined); };
    const timer = setTimeout(end, time);
    window.addEventListener("online", end);
  });
}

begin();
document.addEventListener("gangmu:updated", begin);
