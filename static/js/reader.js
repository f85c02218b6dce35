// The reader's comfort: opened without a page it goes to the one that was read last; arrow keys turn pages; recordings
// go on where they stopped. Everything else are links.
import { canKeep, placeIn, playedTo } from "./reading-log.js";

const BEGUN = 5; // s from either end of a recording within which there is nothing to go on with
const BETWEEN = 15; // s of playing between two messages to the account

const frame = document.querySelector("[data-reader]");
const { reader: rendition, resource, title } = frame.dataset;

function goToKeptPage() {
  const address = new URL(location.href);
  const place = placeIn(resource, rendition);
  if (address.searchParams.has("trang") || !(place?.page > 1)) return;
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

// Where places in recordings are kept: `form` on the server for who has signed in, else in this browser.
function placesOfAccount(form) {
  return {
    kept: Number(form.elements.second.value),
    every: BETWEEN,
    put(second) {
      form.elements.second.value = second;
      navigator.sendBeacon(form.action, new FormData(form)); // arrives though the page is left
    },
  };
}

function placesOfBrowser() {
  return {
    kept: placeIn(resource, rendition)?.second ?? 0,
    every: 1,
    put: (second) => playedTo(resource, title, Number(rendition), second),
  };
}

function resume(player, places) {
  const told = frame.querySelector("[data-resumed]");
  let last = places.kept;

  function put(second) {
    if (second === last) return;
    last = second;
    places.put(second);
  }

  function putPlace() {
    const second = Math.floor(player.currentTime);
    if (!player.ended && second >= BEGUN) put(second);
  }

  function begin() {
    if (places.kept < BEGUN || places.kept > player.duration - BEGUN) return;
    player.currentTime = places.kept;
    told.hidden = false;
  }

  if (player.readyState >= HTMLMediaElement.HAVE_METADATA) begin();
  else player.addEventListener("loadedmetadata", begin, { once: true });
  player.addEventListener("timeupdate", () => {
    if (!player.paused && Math.abs(player.currentTime - last) >= places.every) putPlace();
  });
  player.addEventListener("pause", putPlace);
  player.addEventListener("ended", () => put(0));
  addEventListener("pagehide", putPlace);
  document.addEventListener("visibilitychange", () => document.hidden && putPlace());
  told.querySelector("[data-restart]").addEventListener("click", () => {
    put(0);
    player.currentTime = 0;
    told.hidden = true;
    player.play();
  });
}

function resumeAll() {
  const form = frame.querySelector("[data-place]");
  if (!form && !canKeep()) return;
  const places = form ? placesOfAccount(form) : placesOfBrowser();
  frame.querySelectorAll("[data-resume]").forEach((player) => resume(player, places));
}

document.addEventListener("keydown", turnByKey);
if (frame.querySelector(".reader__turn") && canKeep()) goToKeptPage();
resumeAll();
