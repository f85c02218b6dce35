// What a reader who does not sign in keeps, in this browser only. One item of localStorage, in the shape of
// library/domain/reading.py: {"kept": {id: {title, at}}, "reading": {id: {title, rendition, page, at}}}.
const KEY = "so-hoc-tap";
const PLAYED = "nghe-xem-";

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
  for (const key of Object.keys(localStorage)) if (key.startsWith(PLAYED)) localStorage.removeItem(key);
}

// Where a recording was stopped: an item of its own, written every second while it plays.
export function playedKey(rendition) {
  return PLAYED + rendition;
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

export function addressOf(id) {
  return `/r/${id}`;
}

export function placeAddress(id, { rendition, page }) {
  return `/r/${id}/doc/${rendition}/?trang=${page}`;
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
