// Keeps the count of unread messages true while a page is open. Without this file the count is that of the last load.
// @ts-check

const badge = document.querySelector("[data-unread]");
if (badge && "EventSource" in window) {
  const shown = Number(badge.getAttribute("data-newest") || "0");
  const source = new EventSource("/inbox/stream");
  source.addEventListener("unread", (event) => {
    const [count, newest] = /** @type {MessageEvent} */ (event).data.split(" ").map(Number);
    badge.textContent = count > 99 ? "99+" : String(count);
    badge.toggleAttribute("hidden", count === 0);
    const arrived = document.querySelector("[data-arrived]");
    if (arrived && newest > shown) arrived.removeAttribute("hidden");
  });
  source.addEventListener("over", () => source.close());
}
