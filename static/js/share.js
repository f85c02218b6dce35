// The two buttons of components/share.html that need the browser's help.
for (const box of document.querySelectorAll("[data-share-url]")) {
  const url = box.dataset.shareUrl;
  const title = box.dataset.shareTitle;
  const status = box.querySelector("[data-share-done]");

  function offer(kind, possible, act) {
    const button = box.querySelector(`[data-share="${kind}"]`);
    if (!possible) return;
    button.parentElement.hidden = false;
    button.addEventListener("click", act);
  }

  offer("device", navigator.share, () => {
    navigator.share({ title, url }).catch((error) => {
      if (error.name !== "AbortError") throw error; // the reader closed the sheet: nothing to say
    });
  });
  offer("copy", navigator.clipboard, async () => {
    await navigator.clipboard.writeText(url);
    status.textContent = status.dataset.shareDone;
  });
}
