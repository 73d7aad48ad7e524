// Quick exit: cover the page at once, then leave. Without this script the link does the same, uncovered.
const WAY_OUT = "/exit/";
const [HOST, SECURE] = location.protocol === "https:" ? ["__Host-", "; Secure"] : ["", ""];
const LEFT = `${HOST}left=1; path=/; max-age=7776000; SameSite=Lax${SECURE}`; // as long as any session
const WAIT = 1000; // milliseconds for /exit/ to answer; then the other site all the same
const KEEPER = "/help/worker.js";
const PRESSES = 3;
const PAUSE = 5000; // milliseconds between two presses

let pressed = 0;
let last = 0;
let capital = false; // Shift was held for another key

function coverUp() {
  const cover = document.createElement("div");
  cover.className = "gone";
  cover.setAttribute("role", "alert");
  cover.textContent = "Leaving";
  document.title = "Leaving";
  document.body.append(cover);
}

// Asked for from here, not gone to: where this copy is away there would be the browser's page of its address.
async function signOut() {
  const answer = fetch(WAY_OUT, { redirect: "manual", keepalive: true, cache: "no-store" });
  await Promise.race([answer.catch(() => {}), new Promise((late) => setTimeout(late, WAIT))]);
}

async function leave(site) {
  coverUp();
  document.cookie = LEFT; // where /exit/ does not answer now, the first page that does signs out
  if (navigator.onLine) await signOut();
  location.replace(site);
}

document.addEventListener("click", (event) => {
  const way = event.target instanceof Element && event.target.closest("[data-exit]");
  if (!way) return;
  event.preventDefault();
  leave(way.dataset.exit);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Shift") return;
  pressed = 0;
  capital = event.shiftKey;
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift") return;
  if (capital) {
    capital = false;
    return;
  }
  pressed = event.timeStamp - last > PAUSE ? 1 : pressed + 1;
  last = event.timeStamp;
  if (pressed === PRESSES) leave(document.querySelector("[data-exit]").dataset.exit);
});

// A page that the browser put back from memory is asked for again: it may not be ours to see now.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// <body data-keeps-help>: have the page of help kept for when there is no connection, last of all.
async function keepHelp() {
  const policy = window.trustedTypes?.createPolicy("interwoven-worker", { createScriptURL: () => KEEPER });
  const kept = await navigator.serviceWorker.register(policy?.createScriptURL(KEEPER) ?? KEEPER);
  if (kept.active) await kept.update();
}

if ("keepsHelp" in document.body.dataset && navigator.serviceWorker) {
  const idle = window.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => idle(() => keepHelp().catch(() => {}))); // without it all goes on
}
