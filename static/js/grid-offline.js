// Opens the village grid without a connection: pages of the grid that were open before, and the parts they are made of.
// Everything else goes to the network as if this were not here. Whoever signs in or out empties the shelf.
const [PAGES, PARTS] = ["grid-pages", "grid-parts"];
const GRID = /^\/can-bo\/dot-xet\/\d+\/luoi\/\d+\/$/;
const SIGN_IN_OR_OUT = /^\/can-bo\/dang-(nhap|xuat)\/$/;
const LONGEST = 12 * 60 * 60 * 1000; // ms for which a page is shown without asking who is signed in

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST" && SIGN_IN_OR_OUT.test(pathname)) event.waitUntil(forget(pathname.includes("xuat")));
  else if (request.method !== "GET") return;
  else if (request.mode === "navigate" && GRID.test(pathname)) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});

self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));

async function page(request) {
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    return keptPage(request.url, error);
  }
  await shelve(request.url, response.clone()).catch(() => caches.delete(PAGES)); // no room left: rather none than an old one
  return response;
}

async function shelve(address, response) {
  const shelf = await caches.open(PAGES);
  if (response.ok) await shelf.put(address, response);
  else await shelf.delete(address); // no longer theirs, or signed out
}

async function keptPage(address, error) {
  const shelf = await caches.open(PAGES);
  const kept = await shelf.match(address);
  if (kept && Date.now() - Date.parse(kept.headers.get("Date")) < LONGEST) return kept;
  await shelf.delete(address);
  throw error;
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}

async function keep({ page: address, parts }) {
  const { origin, pathname } = new URL(address);
  const ours = parts.filter((each) => new URL(each).origin === location.origin && new URL(each).pathname.startsWith("/static/"));
  if (origin !== location.origin || !GRID.test(pathname)) return;
  const [pages, shelf] = [await caches.open(PAGES), await caches.open(PARTS)];
  if (!(await pages.match(address))) await page(new Request(address, { credentials: "same-origin", redirect: "manual" }));
  for (const { url } of await shelf.keys()) if (!ours.includes(url)) await shelf.delete(url);
  await Promise.all(ours.map(async (each) => (await shelf.match(each)) || shelf.add(each)));
}

// Pages name households: nobody else may find them. What is unsent stays with whoever typed it, and goes when another
// person, who has used the grid in this browser since, signs out.
async function forget(isSignOut) {
  await caches.delete(PAGES);
  const database = await opened();
  if (!database) return;
  const transaction = database.transaction(["notes", "changes"], "readwrite");
  const [notes, changes] = [transaction.objectStore("notes"), transaction.objectStore("changes")];
  notes.get("person").onsuccess = ({ target }) => {
    const person = target.result?.value;
    notes.clear();
    if (isSignOut && person) changes.openCursor().onsuccess = (event) => dropOthers(event.target.result, person);
  };
  await new Promise((resolve) => (transaction.oncomplete = transaction.onabort = resolve));
  database.close();
}

function dropOthers(cursor, person) {
  if (!cursor) return;
  if (cursor.value.user !== person) cursor.delete();
  cursor.continue();
}

function opened() {
  return new Promise((resolve) => {
    const request = indexedDB.open("portal-grid");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onupgradeneeded = () => request.transaction.abort(); // there is no shelf yet
  });
}
