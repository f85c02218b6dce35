// Asks `grid-offline.js` to keep this page, so that it opens without a connection too.

export async function openOffline(address) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(address);
    const { active } = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map((each) => each.name);
    active.postMessage({ page: location.href, parts });
  } catch {
    // a browser that forbids it: the page itself still keeps what is unsent
  }
}
