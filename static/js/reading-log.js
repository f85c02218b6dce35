// What a reader who does not sign in keeps, in this browser only. One item of localStorage, in the shape of
// library/domain/reading.py: {"kept": {id: {title, at}}, "reading": {id: {title, rendition, page or second, at}}}.
const KEY = "so-hoc-tap";

// Throws SecurityError where the browser refuses to keep anything.
export function readLog() {
  let log = null;
  try {
    log = JSON.parse(localStorage.getItem(KEY));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error; // broken by somebody else: begin anew
  }
  return { kept: {}, reading: {}, ...log };
}

export function writeLog(log) {
  localStorage.setItem(KEY, JSON.stringify(log));
}

export function clearLog() {
  localStorage.removeItem(KEY);
}

export function isEmpty(log) {
  return Object.keys(log.kept).length + Object.keys(log.reading).length === 0;
}

function put(list, id, entry) {
  const log = readLog();
  log[list][id] = { ...entry, at: new Date().toISOString() };
  writeLog(log);
}

export function remove(list, id) {
  const log = readLog();
  delete log[list][id];
  writeLog(log);
}

export function keep(id, title) {
  put("kept", id, { title });
}

// For the reader: `page` counts from 1, `rendition` is the number of the file.
export function stoppedAt(id, title, rendition, page) {
  put("reading", id, { title, rendition, page });
}

// For a player: the second of a recording; 0 when it has come to its end.
export function playedTo(id, title, rendition, second) {
  if (second) put("reading", id, { title, rendition, second });
  else if (placeIn(id, rendition)) remove("reading", id);
}

// Where this file was left: {page} or {second}; undefined when another file of the resource was read since, or none.
export function placeIn(id, rendition) {
  const place = readLog().reading[id];
  return place && String(place.rendition) === String(rendition) ? place : undefined;
}

export function addressOf(id) {
  return `/r/${id}`;
}

// "2:05", "1:02:05"
function clock(second) {
  const [hours, minutes, seconds] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const digits = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${digits(minutes)}:${digits(seconds)}` : `${minutes}:${digits(seconds)}`;
}

export function placeText({ page, second }) {
  return page ? String(page) : clock(second);
}

// A link "go on" of a template: where to, and the one of its two wordings that fits.
export function leadOn(link, id, place) {
  link.href = `/r/${id}/doc/${place.rendition}/${place.page ? `?trang=${place.page}` : ""}`;
  for (const wording of link.querySelectorAll("[data-at]")) {
    wording.hidden = !(wording.dataset.at in place);
    wording.querySelector("[data-number]").textContent = placeText(place);
  }
}

export function canKeep() {
  try {
    localStorage.setItem(`${KEY}-thu`, "");
    localStorage.removeItem(`${KEY}-thu`);
    return true;
  } catch (refused) {
    return false;
  }
}
