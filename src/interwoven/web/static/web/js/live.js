// Shows a page again when its own bytes changed. Never takes away a page somebody is writing on.
// <body data-live>
function writing() {
  const at = document.activeElement;
  return Boolean(
    document.querySelector("[data-dirty]") || at?.closest?.("textarea, select, input:not([type=radio], [type=checkbox])"),
  );
}

function offer() {
  if (document.querySelector(".news")) return;
  const news = document.createElement("div");
  news.className = "news";
  news.setAttribute("role", "status");
  const button = document.createElement("button");
  button.className = "btn";
  button.type = "button";
  button.textContent = "Something new. Show it";
  button.addEventListener("click", () => location.reload());
  document.body.append(news);
  news.append(button);
}

if ("live" in document.body.dataset) {
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form");
    if (form) form.dataset.dirty = "";
  });
  // How old the page is, in milliseconds: what changed since it was asked for comes at once.
  const asked = performance.getEntriesByType("navigation")[0]?.requestStart ?? 0;
  const stream = new EventSource(`/live/events?age=${Math.ceil(performance.now() - asked)}`);
  stream.addEventListener("changed", () => (writing() ? offer() : location.reload()));
  addEventListener("beforeunload", () => stream.close()); // on the way elsewhere: do not turn back
  addEventListener("pagehide", () => stream.close());
}
