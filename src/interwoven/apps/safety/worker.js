// Keeps the page of help, and the files it is drawn with, for when there is no connection.
// Nothing else: it is for /help/ alone, so that no browser asks it about any other page.
// Two constants are written above this: HOLDS, the paths, and VERSION, a digest of all it holds.
const NAME = `help-${VERSION}`;
const PATIENCE = 5000; // milliseconds, for a connection that is there and brings nothing

async function hold() {
  const cache = await caches.open(NAME);
  await cache.addAll(HOLDS.map((path) => new Request(path, { credentials: "omit" })));
  await skipWaiting(); // safe at any time: one copy of the page and its files are as good as another
}

async function dropOthers() {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
}

async function answer(request, path) {
  const asked = fetch(request);
  asked.catch(() => {}); // also when it fails after its copy was given
  try {
    const came = await Promise.race([asked, new Promise((late) => setTimeout(late, PATIENCE))]);
    if (came && came.status < 400) return came;
  } catch {} // no connection
  return (await caches.match(path, { cacheName: NAME, ignoreVary: true })) ?? asked;
}

addEventListener("install", (event) => event.waitUntil(hold()));
addEventListener("activate", (event) => event.waitUntil(dropOthers()));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || !HOLDS.includes(pathname)) return;
  event.respondWith(answer(event.request, pathname));
});
