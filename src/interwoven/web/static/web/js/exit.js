// Quick exit: cover the page at once, then leave. Without this script the link does the same, uncovered.
const WAY_OUT = "/exit/";
const PRESSES = 3;
const PAUSE = 5000; // milliseconds between two presses

let pressed = 0;
let last = 0;

function leave() {
  const cover = document.createElement("div");
  cover.className = "gone";
  cover.setAttribute("role", "alert");
  cover.textContent = "Leaving";
  document.title = "Leaving";
  document.body.append(cover);
  location.replace(WAY_OUT);
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("[data-exit]")) return;
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") pressed = 0;
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift") return;
  pressed = event.timeStamp - last > PAUSE ? 1 : pressed + 1;
  last = event.timeStamp;
  if (pressed === PRESSES) leave();
});

// A page that the browser put back from memory is asked for again: it may not be ours to see now.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
