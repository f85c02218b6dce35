// One household at a time, for a thumb: every criterion with its text and a large field, then the next household.
import { cellNotes, criterionText } from "./grid-details.js";
import { button, editorFor, element, fill } from "./grid-elements.js";

export class Household {
  constructor(model, words, box, ask) {
    Object.assign(this, { model, words, box, ask, hidden: new Set(), r: 0 });
    model.addEventListener("cell", ({ detail: { r, c } }) => r === this.r && this.refresh(c));
    model.addEventListener("row", ({ detail: { r } }) => r === this.r && this.refreshStanding());
    this.draw();
  }

  get shown() {
    return this.model.rows.map((_row, r) => r).filter((r) => !this.hidden.has(r));
  }

  show(hidden) {
    this.hidden = hidden;
    if (hidden.has(this.r) && this.shown.length) this.r = this.shown[0];
    this.draw();
  }

  go(by) {
    const place = this.shown.indexOf(this.r) + by;
    if (place < 0 || place >= this.shown.length) return;
    this.r = this.shown[place];
    this.draw();
    this.choice.focus();
    this.box.scrollIntoView({ block: "start" });
  }

  draw() {
    const { rows, columns } = this.model;
    if (!rows.length) return;
    this.standing = element("p", { class: "village-grid__standing", role: "status" });
    this.items = columns.map((_column, c) => this.item(c));
    const whole = element("a", { href: this.model.addressOf(this.r), text: this.words.whole });
    const takes = rows[this.r].suggested.some(Boolean) && this.model.mayWrite(this.r);
    this.box.replaceChildren(
      this.head(),
      this.standing,
      element("p", { class: "village-grid__small" }, [whole, ` ${rows[this.r].why}`]),
      takes ? button(this.words.takeRow, () => this.model.takeRow(this.r)) : "",
      element("ol", { class: "village-grid__criteria" }, this.items),
      this.steps(),
    );
    columns.forEach((_column, c) => this.refresh(c));
    this.refreshStanding();
  }

  head() {
    this.choice = element(
      "select",
      { "aria-label": this.words.choose },
      this.shown.map((r) => element("option", { value: r, text: this.model.rows[r].name })),
    );
    this.choice.value = this.r;
    this.choice.addEventListener("change", () => {
      this.r = Number(this.choice.value);
      this.draw();
      this.choice.focus();
    });
    return element("div", { class: "village-grid__head" }, [this.choice, this.steps()]);
  }

  steps() {
    const place = { n: this.shown.indexOf(this.r) + 1, of: this.shown.length };
    return element("p", { class: "cluster" }, [
      button(this.words.previous, () => this.go(-1)),
      element("span", { text: fill(this.words.ofAll, place) }),
      button(this.words.next, () => this.go(1)),
    ]);
  }

  item(c) {
    const column = this.model.columns[c];
    const id = `criterion-${c}`;
    const label = element("label", { for: id, text: column.code });
    const field = this.model.mayWrite(this.r)
      ? editorFor(column, this.model.shown(this.r, c))
      : element("output", { text: this.model.shown(this.r, c) });
    field.id = id;
    const row = this.r;
    field.addEventListener("change", () => this.model.write(row, c, field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.items[c + 1]?.querySelector("input, select")?.focus();
    });
    const notes = element("div");
    return element("li", {}, [
      element("div", { class: "village-grid__field" }, [label, field]),
      element("div", {}, [...criterionText(column, this.words), notes]),
    ]);
  }

  refresh(c) {
    const item = this.items[c];
    const field = item.querySelector("input, select, output");
    const text = this.model.shown(this.r, c);
    const state = this.model.cells[this.r][c].change?.state ?? "";
    if (field !== document.activeElement || state === "") this.put(field, text);
    item.dataset.state = state;
    if (field.tagName !== "OUTPUT") field.setAttribute("aria-invalid", String(state === "refused" || state === "conflict"));
    item.lastElementChild.lastElementChild.replaceChildren(...cellNotes(this.model, this.words, this.r, c, this.ask));
  }

  put(field, text) {
    if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === text)) {
      field.append(element("option", { value: text, text }));
    }
    field.value = text;
  }

  refreshStanding() {
    const { total, verdict, reasons } = this.model.rows[this.r];
    this.standing.textContent = [total, verdict, ...reasons].filter(Boolean).join(" · ");
  }
}
