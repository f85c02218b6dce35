// The grid of a village: what the server said of each cell last, what was typed since, and what became of it.
// A change keeps what its writer saw before it (`seen`), so that the server never overwrites another's cell unseen.
const tidy = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ");

export class Model extends EventTarget {
  constructor(data) {
    super();
    Object.assign(this, { data, columns: data.columns, rows: data.rows });
    this.rowAt = new Map(data.rows.map((row, r) => [row.row, r]));
    this.columnAt = new Map(data.columns.map((column, c) => [column.code, c]));
    this.cells = data.rows.map((row) => data.columns.map((column, c) => cellOf(row, column, c)));
    this.changes = new Set();
    this.strangers = new Set(); // changes of rows that are no longer here
    this.onTheWay = new Set();
  }

  mayWrite(r) {
    return !this.rows[r].why;
  }

  addressOf(r) {
    return this.data.address.replace("/0/", `/${this.rows[r].row}/`);
  }

  shown(r, c) {
    const { change, text } = this.cells[r][c];
    return change ? change.text : text;
  }

  noteOf(r, c) {
    const { change, note } = this.cells[r][c];
    return change?.note ?? note;
  }

  waiting(state = "unsent") {
    return [...this.changes].filter((change) => change.state === state);
  }

  // `note` null: as it is.
  write(r, c, typed, note = null) {
    if (!this.mayWrite(r)) return false;
    const cell = this.cells[r][c];
    const [text, before] = [tidy(typed), cell.change];
    const why = note === null ? (before?.note ?? null) : tidy(note);
    if (before && before.text === text && before.note === why && before.state === "unsent") return true;
    const asItWas = text === cell.text && (why === null || why === cell.note);
    if (asItWas && !this.onTheWay.has(before)) {
      if (before) this.#forget(before);
    } else {
      const { user, round, village, stage } = this.data;
      const [row, code] = [this.rows[r].row, this.columns[c].code];
      this.#replace(before, {
        key: [user, round, village, stage, row, code].join("/"),
        ...{ user, round, village, stage, row, code, text },
        name: this.rows[r].name,
        note: why,
        seen: before?.seen ?? cell.text,
        noteSeen: before?.noteSeen ?? cell.note,
        state: "unsent",
      });
    }
    return true;
  }

  take(r, c) {
    const { suggested } = this.cells[r][c];
    return Boolean(suggested) && !this.shown(r, c) && this.write(r, c, suggested);
  }

  takeRow(r) {
    return this.columns.filter((_column, c) => this.take(r, c)).length;
  }

  // A change of an earlier visit or of a backup. What the server has already is not sent again.
  restore(change) {
    const [r, c] = [this.rowAt.get(change.row), this.columnAt.get(change.code)];
    if (r === undefined || c === undefined) {
      this.strangers.add(change);
      this.#tell("changes");
      return true;
    }
    const cell = this.cells[r][c];
    const saved = cell.text === change.text && (change.note === null || change.note === cell.note);
    if (saved) this.#tell("dropped", { change });
    else this.#replace(cell.change, change);
    return !saved;
  }

  answered(change, result) {
    const cell = this.#cellOf(change);
    const isLast = cell.change === change;
    if (result.state === "saved") {
      Object.assign(cell, { text: result.text, note: result.note, apart: result.apart });
      if (isLast) return this.#forget(change);
      if (cell.change) {
        Object.assign(cell.change, { seen: result.text, noteSeen: result.note });
        this.#tell("kept", { change: cell.change });
      }
    } else if (isLast) {
      const { state, reason, by, text, note } = result;
      Object.assign(change, { state, reason, by, theirs: text, theirNote: note });
      if (state === "conflict") Object.assign(cell, { text, note });
      this.#tell("kept", { change });
    }
    this.#tellCell(change);
    return undefined;
  }

  judged(standing) {
    const r = this.rowAt.get(standing.row);
    if (r === undefined) return;
    Object.assign(this.rows[r], standing);
    this.#tell("row", { r });
  }

  // What was saved after this page was made (it may come from the browser's own shelf).
  savedSince({ row, code, text, note, apart }) {
    const [r, c] = [this.rowAt.get(row), this.columnAt.get(code)];
    if (r !== undefined && c !== undefined) Object.assign(this.cells[r][c], { text, note, apart });
  }

  keepMine(r, c) {
    const { change } = this.cells[r][c];
    this.#replace(change, { ...change, seen: change.theirs, noteSeen: change.theirNote, state: "unsent" });
  }

  giveUpStrangers() {
    for (const change of this.strangers) this.#tell("dropped", { change });
    this.strangers.clear();
    this.#tell("changes");
  }

  giveUp(r, c) {
    const { change } = this.cells[r][c];
    if (change) this.#forget(change);
    return Boolean(change);
  }

  #cellOf({ row, code }) {
    return this.cells[this.rowAt.get(row)]?.[this.columnAt.get(code)];
  }

  #replace(before, change) {
    if (before) this.changes.delete(before);
    this.changes.add(change);
    this.#cellOf(change).change = change;
    this.#tell("kept", { change });
    this.#tellCell(change);
  }

  #forget(change) {
    this.changes.delete(change);
    const cell = this.#cellOf(change);
    if (cell?.change === change) cell.change = null;
    this.#tell("dropped", { change });
    this.#tellCell(change);
  }

  #tellCell({ row, code }) {
    const [r, c] = [this.rowAt.get(row), this.columnAt.get(code)];
    if (r !== undefined && c !== undefined) this.#tell("cell", { r, c });
    this.#tell("changes");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function cellOf(row, column, c) {
  const { note = "", apart = false } = row.notes[column.code] ?? {};
  return { text: row.cells[c], suggested: row.suggested[c], note, apart, change: null };
}
