// The unsent cells as a file, to be kept or carried to another device, and back from it.
const KIND = "portal-grid-backup";
const FIELDS = ["row", "code", "name", "text", "note", "seen", "noteSeen"];

const pick = (change, fields) => Object.fromEntries(fields.map((field) => [field, change[field]]));

export function backupOf(model) {
  const { round, village, stage, title } = model.data;
  const cells = [...model.changes, ...model.strangers].map((change) => pick(change, FIELDS));
  return JSON.stringify({ kind: KIND, round, village, stage, title, at: new Date().toISOString(), cells }, null, 1);
}

export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// -> {restored, outside} or {problem, title}: what became of the cells of the file.
export function restoreFrom(text, model) {
  const backup = read(text);
  if (!backup) return { problem: "notABackup" };
  const { user, round, village, stage } = model.data;
  if (backup.round !== round || backup.village !== village || backup.stage !== stage) {
    return { problem: "otherGrid", title: String(backup.title) };
  }
  const known = backup.cells.filter(({ row, code }) => model.rowAt.has(row) && model.columnAt.has(code));
  const restored = known.filter((cell) => {
    const place = { user, round, village, stage, row: cell.row, code: cell.code };
    const key = Object.values(place).join("/");
    const name = model.rows[model.rowAt.get(cell.row)].name;
    return model.restore({ ...pick(cell, FIELDS), ...place, key, name, state: "unsent" });
  });
  return { restored: restored.length, outside: backup.cells.length - known.length };
}

function read(text) {
  try {
    const backup = JSON.parse(text);
    return backup.kind === KIND && backup.cells.every(isCell) ? backup : null;
  } catch {
    return null;
  }
}

function isCell({ row, code, text, seen, note, noteSeen }) {
  const texts = [code, text, seen, noteSeen, note ?? ""];
  return Number.isInteger(row) && texts.every((each) => typeof each === "string");
}
