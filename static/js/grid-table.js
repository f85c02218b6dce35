// The grid as a table: arrow keys move, typing changes, a block of a spreadsheet can be pasted.
import { element, editorFor } from "./grid-elements.js";

const PAGE = 10; // rows
const MARKS = { unsent: "…", refused: "!", conflict: "≠" };

export class Table extends EventTarget {
  constructor(model, words, box) {
    super();
    Object.assign(this, { model, words, box, hidden: new Set(), at: [0, 0] });
    this.draw();
    model.addEventListener("cell", ({ detail: { r, c } }) => this.refresh(r, c));
    model.addEventListener("row", ({ detail: { r } }) => this.refreshRow(r));
  }

  draw() {
    const { columns, rows, data } = this.model;
    const head = element("tr", {}, [
      element("th", { scope: "col", text: this.words.name }),
      ...columns.map(({ code, text, most }) =>
        element("th", { scope: "col", title: text }, [code, most ? element("small", { text: ` /${most}` }) : ""]),
      ),
    ]);
    const body = rows.map((row, r) => element("tr", {}, [this.nameCell(row), ...columns.map((_column, c) => this.cell(r, c))]));
    this.table = element("table", { role: "grid", "aria-label": data.title }, [
      element("thead", {}, [head]),
      element("tbody", {}, body),
    ]);
    this.box.replaceChildren(element("div", { class: "village-grid" }, [this.table]));
    this.trs = [...this.table.tBodies[0].rows];
    rows.forEach((_row, r) => {
      this.refreshRow(r);
      columns.forEach((_column, c) => this.refresh(r, c));
    });
    if (rows.length) this.td(0, 0).tabIndex = 0;
    this.listen();
  }

  nameCell(row) {
    const standing = element("span", { class: "village-grid__standing" });
    const state = element("span", { class: "village-grid__standing", text: row.why });
    return element("th", { scope: "row" }, [row.name, standing, row.why ? state : ""]);
  }

  cell(r, c) {
    const td = element("td", { tabindex: "-1", role: "gridcell" });
    if (!this.model.mayWrite(r)) td.setAttribute("aria-readonly", "true");
    Object.assign(td.dataset, { r, c });
    return td;
  }

  td(r, c) {
    return this.trs[r].cells[c + 1];
  }

  refreshRow(r) {
    const { total, verdict, passed } = this.model.rows[r];
    const standing = this.trs[r].cells[0].querySelector(".village-grid__standing");
    standing.textContent = [total, verdict].filter(Boolean).join(" · ");
    standing.dataset.passed = passed;
  }

  refresh(r, c) {
    const td = this.td(r, c);
    if (td.querySelector(".village-grid__editor")) return;
    const { change, suggested, apart } = this.model.cells[r][c];
    const text = this.model.shown(r, c);
    const why = apart && !this.model.noteOf(r, c);
    const state = change?.state ?? "";
    td.dataset.state = state;
    td.classList.toggle("village-grid__apart", Boolean(why));
    td.toggleAttribute("aria-invalid", false);
    if (state === "refused" || state === "conflict") td.setAttribute("aria-invalid", "true");
    const parts = [text];
    if (!text && suggested && this.model.mayWrite(r)) parts.push(element("i", { text: suggested }));
    if (state) parts.push(element("b", { text: MARKS[state], "aria-hidden": "true" }), this.spoken(state));
    if (why) parts.push(element("span", { class: "visually-hidden", text: ` ${this.words.whyMissing}` }));
    td.replaceChildren(...parts);
  }

  spoken(state) {
    const { cellUnsent, cellRefused, cellConflict } = this.words;
    const said = { unsent: cellUnsent, refused: cellRefused, conflict: cellConflict }[state];
    return element("span", { class: "visually-hidden", text: ` ${said}` });
  }

  show(hidden) {
    this.hidden = hidden;
    this.trs.forEach((tr, r) => (tr.hidden = hidden.has(r)));
    if (hidden.has(this.at[0])) {
      const first = this.trs.findIndex((_tr, r) => !hidden.has(r));
      if (first >= 0) this.choose(first, this.at[1], false);
    }
  }

  choose(r, c, focus = true) {
    this.td(...this.at).tabIndex = -1;
    this.at = [r, c];
    const td = this.td(r, c);
    td.tabIndex = 0;
    if (focus) {
      td.focus({ preventScroll: true });
      td.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.dispatchEvent(new CustomEvent("chosen"));
  }

  listen() {
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("paste", (event) => this.paste(event));
    this.table.addEventListener("copy", (event) => this.copy(event));
    this.table.addEventListener("click", (event) => this.click(event));
    this.table.addEventListener("dblclick", (event) => this.placeOf(event) && this.edit());
    this.table.addEventListener("focusin", (event) => {
      const place = this.placeOf(event);
      if (place && !event.target.matches(".village-grid__editor") && String(place) !== String(this.at)) this.choose(...place, false);
    });
  }

  placeOf(event) {
    const td = event.target.closest("td[data-r]");
    return td && [Number(td.dataset.r), Number(td.dataset.c)];
  }

  click(event) {
    const place = this.placeOf(event);
    if (!place || event.target.closest(".village-grid__editor")) return;
    this.choose(...place);
    if (event.pointerType === "touch") this.edit();
  }

  // One row up or down among those that are shown, one cell on with a turn at the end of the row; null at the edge.
  step(r, c, down, right) {
    const rows = this.trs.map((_tr, each) => each).filter((each) => !this.hidden.has(each));
    const last = this.model.columns.length - 1;
    let [place, column] = [rows.indexOf(r) + down, c + right];
    if (column < 0 || column > last) {
      place += Math.sign(right);
      column = right > 0 ? 0 : last;
      if (place < 0 || place >= rows.length) return null;
    }
    return [rows[Math.max(0, Math.min(rows.length - 1, place))], column];
  }

  goTo(place) {
    if (place) this.choose(...place);
    return Boolean(place);
  }

  key(event) {
    if (event.isComposing || event.altKey || event.target.matches(".village-grid__editor")) return;
    const [r, c] = this.at;
    const shift = event.shiftKey ? -1 : 1;
    const last = this.model.columns.length - 1;
    const shown = this.trs.map((_tr, each) => each).filter((each) => !this.hidden.has(each));
    const all = event.ctrlKey || event.metaKey;
    const acts = {
      ArrowUp: () => this.goTo(this.step(r, c, -1, 0)),
      ArrowDown: () => this.goTo(this.step(r, c, 1, 0)),
      ArrowLeft: () => c > 0 && this.goTo([r, c - 1]),
      ArrowRight: () => c < last && this.goTo([r, c + 1]),
      Enter: () => this.goTo(this.step(r, c, shift, 0)),
      PageUp: () => this.goTo(this.step(r, c, -PAGE, 0)),
      PageDown: () => this.goTo(this.step(r, c, PAGE, 0)),
      Home: () => this.goTo([all ? shown[0] : r, 0]),
      End: () => this.goTo([all ? shown.at(-1) : r, last]),
      F2: () => this.edit(),
      Delete: () => this.model.write(r, c, ""),
      Backspace: () => this.model.write(r, c, ""),
      Escape: () => this.model.giveUp(r, c) || this.leave(),
      F6: () => this.leave(),
    };
    if (event.key === "Tab") {
      if (this.goTo(this.step(r, c, 0, shift))) event.preventDefault(); // at either end the focus goes on
    } else if (event.key === "=" && !all) {
      event.preventDefault();
      this.model.take(r, c);
      this.goTo(this.step(r, c, 1, 0));
    } else if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    } else if (event.key.length === 1 && !all && this.model.mayWrite(r)) {
      this.edit({ typed: true }); // the letter goes into the empty editor by itself
    }
  }

  leave() {
    this.dispatchEvent(new CustomEvent("left"));
  }

  edit({ typed = false } = {}) {
    const [r, c] = this.at;
    if (!this.model.mayWrite(r)) return;
    const td = this.td(r, c);
    const column = this.model.columns[c];
    const editor = editorFor(column, typed ? "" : this.model.shown(r, c), { listed: !typed });
    editor.classList.add("village-grid__editor");
    editor.setAttribute("aria-label", `${this.model.rows[r].name}, ${column.code}`);
    let open = true;
    const close = (save) => {
      if (!open) return;
      open = false;
      const { value } = editor;
      editor.remove();
      if (save) this.model.write(r, c, value);
      this.refresh(r, c);
    };
    const closeAndGo = (event, place) => {
      event.preventDefault();
      close(true);
      this.choose(...(place ?? [r, c]));
    };
    editor.addEventListener("blur", () => close(true));
    editor.addEventListener("change", () => editor.tagName === "SELECT" && this.model.write(r, c, editor.value));
    editor.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const shift = event.shiftKey ? -1 : 1;
      const sideways = typed ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined;
      const upright = editor.tagName === "INPUT" ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
      if (event.key === "Enter") closeAndGo(event, this.step(r, c, shift, 0));
      else if (event.key === "Tab") closeAndGo(event, this.step(r, c, 0, shift));
      else if (upright) closeAndGo(event, this.step(r, c, upright, 0));
      else if (sideways) closeAndGo(event, this.step(r, c, 0, sideways));
      else if (event.key === "Escape") {
        event.stopPropagation();
        close(false);
        this.choose(r, c);
      }
    });
    td.replaceChildren(editor);
    editor.focus();
    if (!typed && editor.select) editor.select();
  }

  copy(event) {
    if (event.target.matches(".village-grid__editor")) return;
    event.clipboardData.setData("text/plain", this.model.shown(...this.at));
    event.preventDefault();
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    const editing = event.target.matches(".village-grid__editor");
    if (editing && !/[\t\n]/.test(text)) return;
    event.preventDefault();
    if (editing) event.target.blur();
    const [r, c] = this.at;
    const rows = this.trs.map((_tr, each) => each).filter((each) => !this.hidden.has(each));
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    let [filled, locked] = [0, 0];
    lines.forEach((line, down) => {
      const row = rows[rows.indexOf(r) + down];
      line.split("\t").forEach((value, right) => {
        if (row === undefined || c + right >= this.model.columns.length) locked += 1;
        else if (this.model.write(row, c + right, value)) filled += 1;
        else locked += 1;
      });
    });
    this.choose(r, c);
    this.dispatchEvent(new CustomEvent("pasted", { detail: { filled, locked } }));
  }
}
