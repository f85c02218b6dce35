// /thu-vien/cua-toi/: draws what this browser keeps, lets it be taken along or deleted, and hands it to the person
// who has signed in when they ask for it.
import { addressOf, canKeep, clearLog, isEmpty, leadOn, placeText, readLog, remove } from "./reading-log.js";

const FORMULA = /^[=+\-@\t]/;
const day = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });

function newestFirst(entries) {
  return Object.entries(entries).sort(([, one], [, other]) => other.at.localeCompare(one.at));
}

function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function cell(value) {
  const text = String(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function withAddresses(log) {
  const whole = (entries) =>
    Object.fromEntries(
      Object.entries(entries).map(([id, entry]) => [id, { ...entry, address: location.origin + addressOf(id) }]),
    );
  return { kept: whole(log.kept), reading: whole(log.reading) };
}

function asCsv(log, { columns, reading, kept }) {
  const rows = [columns.split("|")];
  for (const [name, entries] of [[reading, log.reading], [kept, log.kept]]) {
    for (const [id, entry] of newestFirst(entries)) {
      const when = day.format(new Date(entry.at));
      rows.push([name, entry.title, entry.rendition ? placeText(entry) : "", when, location.origin + addressOf(id)]);
    }
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function drawList(box) {
  const model = box.querySelector("template");
  const status = box.querySelector("[role=status]");

  function draw() {
    const log = readLog();
    for (const section of box.querySelectorAll("[data-entries]")) {
      const list = section.dataset.entries;
      const entries = newestFirst(log[list]);
      section.hidden = entries.length === 0;
      section.querySelector("ul").replaceChildren(...entries.map(([id, entry]) => row(list, id, entry)));
    }
    box.querySelector("[data-nothing]").hidden = !isEmpty(log);
    box.querySelector("[data-tools]").hidden = isEmpty(log);
  }

  function row(list, id, entry) {
    const item = model.content.cloneNode(true);
    const title = item.querySelector("[data-title]");
    title.textContent = entry.title;
    title.href = addressOf(id);
    item.querySelector("time").textContent = day.format(new Date(entry.at));
    item.querySelector("time").dateTime = entry.at;
    const onward = item.querySelector("[data-go-on]");
    if (list === "reading") leadOn(onward, id, entry);
    else onward.remove();
    const button = item.querySelector("button");
    button.setAttribute("aria-label", `${button.textContent.trim()}: ${entry.title}`);
    button.addEventListener("click", () => {
      remove(list, id);
      draw();
      status.textContent = status.dataset.removed;
      box.focus();
    });
    return item;
  }

  const acts = {
    json: () => download("so-hoc-tap.json", "application/json", JSON.stringify(withAddresses(readLog()), null, 2)),
    csv: () => download("so-hoc-tap.csv", "text/csv", asCsv(readLog(), box.dataset)),
    clear: () => {
      if (!confirm(box.dataset.sure)) return;
      clearLog();
      draw();
      status.textContent = status.dataset.cleared;
      box.focus();
    },
  };
  for (const button of box.querySelectorAll("[data-act]")) button.addEventListener("click", acts[button.dataset.act]);
  draw();
  box.hidden = false;
}

// The account lacks something that this browser has: offer to take it over. It has all of it: offer to delete it here.
function offerToMerge(box) {
  const log = readLog();
  if (isEmpty(log)) return;
  const had = JSON.parse(box.dataset.had);
  const lacks = ["kept", "reading"].some((list) => Object.keys(log[list]).some((id) => !had[list].includes(Number(id))));
  box.querySelector("[data-lacks]").hidden = !lacks;
  box.querySelector("[data-has-all]").hidden = lacks;
  box.querySelector("[name=list]").value = JSON.stringify(log);
  box.querySelector("[data-clear]").addEventListener("click", () => {
    clearLog();
    box.hidden = true;
  });
  box.hidden = false;
}

if (canKeep()) {
  document.querySelectorAll("[data-my-list]").forEach(drawList);
  document.querySelectorAll("[data-had]").forEach(offerToMerge);
} else {
  document.querySelectorAll("[data-refused]").forEach((notice) => (notice.hidden = false));
}
