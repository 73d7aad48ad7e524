// Keeps a form as it is filled in. Without this script its own button does.
// <form data-autosave="/address/"> … <p class="kept" data-kept aria-live="polite"></p>
const PAUSE = 800; // milliseconds after the last change

const SAID = {
  204: "Kept",
  403: "Not kept. Load this page again; what you typed stays on it until then.",
  409: "Not kept: this was changed in another window. Load the page again to see both.",
  413: "Not kept: this is longer than fits here.",
  gone: "Not kept: you are signed out. Sign in again in another window, then change something here.",
  away: "Not kept yet: no connection.",
  other: "Not kept yet. It is tried again in a moment.",
};

function watch(form) {
  const line = form.querySelector("[data-kept]");
  let timer = 0;
  let changed = false;
  let sending = false;

  function say(text, trouble) {
    if (!line) return;
    line.classList.toggle("trouble", trouble);
    if (line.textContent !== text) line.textContent = text;
  }

  async function answered(response) {
    if (response.ok && response.type === "basic") {
      if (!changed) delete form.dataset.dirty;
      return say(SAID[204], false);
    }
    changed = true;
    if (response.type === "opaqueredirect") return say(SAID.gone, true);
    if (response.status === 422) return say((await response.text()).slice(0, 300), true);
    if (response.status >= 500) again();
    return say(SAID[response.status] ?? SAID.other, true);
  }

  async function keep(leaving) {
    clearTimeout(timer);
    if (!changed || (sending && !leaving)) return;
    changed = false;
    sending = true;
    try {
      await answered(await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "X-Requested-With": "fetch", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "manual",
        keepalive: leaving,
      }));
    } catch {
      changed = true;
      say(SAID.away, true);
      again();
    } finally {
      sending = false;
    }
  }

  function again() {
    timer = setTimeout(keep, 10 * PAUSE, false);
  }

  async function settle() {
    await keep(false);
    if (changed && !sending && !line?.classList.contains("trouble")) later();
  }

  function later() {
    changed = true;
    form.dataset.dirty = "";
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
  addEventListener("pagehide", () => keep(true));
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
