// The reader's comfort: opened without a page it goes to the one that was read last; arrow keys turn pages; recordings
// go on where they stopped. Everything else are links.
import { canKeep, playedKey, readLog } from "./reading-log.js";

const frame = document.querySelector("[data-reader]");
const { reader: rendition, resource } = frame.dataset;

function goToKeptPage() {
  const address = new URL(location.href);
  const place = readLog().reading[resource];
  const turned = address.searchParams.has("trang");
  if (turned || !place || String(place.rendition) !== rendition || place.page < 2) return;
  address.searchParams.set("trang", place.page);
  address.hash = "trang";
  location.replace(address);
}

function turnByKey(event) {
  const busy = event.target.closest("input, textarea, select, button, audio, video, .reader__page--wide");
  if (busy || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = rel && frame.querySelector(`.reader__turn a[rel=${rel}]`);
  if (link) link.click();
}

function resume(player) {
  const key = playedKey(rendition);
  const told = frame.querySelector("[data-resumed]");
  const kept = Number(localStorage.getItem(key));

  player.addEventListener("loadedmetadata", () => {
    if (kept > 5 && kept < player.duration - 5) {
      player.currentTime = kept;
      told.hidden = false;
    }
  }, { once: true });
  player.addEventListener("timeupdate", () => {
    if (!player.paused) localStorage.setItem(key, String(Math.floor(player.currentTime)));
  });
  player.addEventListener("ended", () => localStorage.removeItem(key));
  told.querySelector("[data-restart]").addEventListener("click", () => {
    localStorage.removeItem(key);
    player.currentTime = 0;
    told.hidden = true;
    player.play();
  });
  if (player.readyState >= 1) player.dispatchEvent(new Event("loadedmetadata"));
}

document.addEventListener("keydown", turnByKey);
if (canKeep()) {
  if (frame.querySelector(".reader__turn")) goToKeptPage();
  frame.querySelectorAll("[data-resume]").forEach(resume);
}
