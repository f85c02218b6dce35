// The grid of a village comes alive: the plain form gives way to a table or to one household at a time, both over the same
// cells; what is typed is kept in this browser and sent by itself.
import { backupOf, download, restoreFrom } from "./grid-backup.js";
import { Details } from "./grid-details.js";
import { button, element, fill } from "./grid-elements.js";
import { Household } from "./grid-household.js";
import { Model } from "./grid-model.js";
import { openOffline } from "./grid-page.js";
import { Sender } from "./grid-sender.js";
import { Store } from "./grid-store.js";
import { Table } from "./grid-table.js";

const NARROW = matchMedia("(max-width: 40rem)");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").trim();

function token() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function field(input, label) {
  const { id } = input;
  return element("div", { class: "field" }, [element("label", { for: id, class: "field__label", text: label }), input]);
}

class Desk {
  constructor(root, data, words) {
    Object.assign(this, { root, words, model: new Model(data), live: root.querySelector("[data-live]") });
    this.form = root.querySelector("[data-form]");
    this.sender = new Sender(this.model, root.dataset.save, token);
    this.draw();
    this.listen();
  }

  draw() {
    const { words, model } = this;
    const ask = (question, known, most) => this.ask(question, known, most);
    this.told = element("p", { role: "status", class: "village-grid__small" });
    const [tableBox, oneBox] = [element("div"), element("div")];
    this.details = element("div", { class: "village-grid__details", tabindex: "-1" });
    this.tableView = element("div", {}, [tableBox, this.details]);
    this.oneView = oneBox;
    this.live.replaceChildren(
      ...[this.tools(), this.standing(), this.told, this.tableView, oneBox, this.moreTools(), this.dialog()],
    );
    this.live.hidden = false;
    for (const plain of this.root.querySelectorAll("[data-plain]")) plain.remove();
    this.table = new Table(model, words, tableBox);
    this.one = new Household(model, words, oneBox, ask);
    this.detail = new Details(model, words, this.details, ask);
    this.show(NARROW.matches ? "one" : "table");
    if (this.filter.value) this.find();
  }

  tools() {
    const { words, root } = this;
    this.filter = element("input", { type: "search", id: "find", autocomplete: "off" });
    this.filter.value = root.dataset.name;
    this.filter.addEventListener("input", () => this.find());
    this.modes = Object.fromEntries(["table", "one"].map((mode) => [mode, button(words[mode], () => this.show(mode))]));
    return element("div", { class: "village-grid__tools" }, [
      field(this.filter, words.find),
      element("p", { class: "cluster" }, [this.modes.table, this.modes.one]),
    ]);
  }

  // What is needed less often stands below the cells.
  moreTools() {
    const { words } = this;
    this.file = element("input", { type: "file", id: "backup-file", accept: ".json,application/json" });
    this.file.addEventListener("change", () => this.restore());
    return element("div", { class: "village-grid__tools" }, [
      element("p", { class: "cluster" }, [button(words.takeAll, () => this.takeAll())]),
      element("details", {}, [element("summary", { text: words.restore }), field(this.file, words.file)]),
    ]);
  }

  standing() {
    this.status = element("p", { role: "status" });
    this.send = button(this.words.send, () => this.sender.now());
    this.backup = button(this.words.backup, () => this.download());
    this.strangers = button(this.words.giveUpOutside, () => this.model.giveUpStrangers());
    return element("div", { class: "village-grid__status" }, [this.status, this.send, this.backup, this.strangers]);
  }

  dialog() {
    const template = this.root.querySelector("template[data-ask]");
    this.asking = template.content.firstElementChild.cloneNode(true);
    return this.asking;
  }

  // -> the reason that was typed, or null when the person turned back.
  ask(question, known, most) {
    const [label, area] = [this.asking.querySelector("label"), this.asking.querySelector("textarea")];
    const before = document.activeElement;
    label.textContent = question;
    Object.assign(area, { value: known, maxLength: most });
    this.asking.returnValue = "";
    this.asking.showModal();
    return new Promise((resolve) => {
      const closed = () => {
        before?.focus();
        resolve(this.asking.returnValue === "ok" ? area.value.trim() : null);
      };
      this.asking.addEventListener("close", closed, { once: true });
    });
  }

  listen() {
    const { model, sender, table, words } = this;
    model.addEventListener("kept", ({ detail: { change } }) => this.keep(change));
    model.addEventListener("dropped", ({ detail: { change } }) => this.store?.drop(change));
    model.addEventListener("changes", () => this.tell());
    sender.addEventListener("state", () => this.tell());
    sender.addEventListener("saved", ({ detail }) => this.remember(detail));
    table.addEventListener("chosen", () => this.tellOfCell());
    table.addEventListener("left", () => this.details.focus());
    table.addEventListener("pasted", ({ detail: { filled, locked } }) => this.report(filled, locked));
    addEventListener("beforeunload", (event) => {
      if (this.leaving || !model.waiting().length) return;
      event.preventDefault();
      event.returnValue = words.leaving; // browsers before 2023
    });
    this.form.addEventListener("submit", (event) => this.step(event));
    this.tell();
  }

  // The page moves as far as the details would cover the chosen cell.
  tellOfCell() {
    const { table, details } = this;
    this.detail.show(...table.at);
    const td = table.td(...table.at);
    const covered = td.getBoundingClientRect().bottom - details.getBoundingClientRect().top;
    if (covered > 0 && td === document.activeElement) scrollBy(0, covered);
  }

  async keep(change) {
    if (change.state === "unsent") this.sender.soon();
    await this.store?.keep(change).catch(() => this.loseStore());
  }

  loseStore() {
    this.store = null;
    this.tell();
  }

  // What was saved since this page was made, for the day on which it opens without a connection.
  async remember({ at, cells, rows }) {
    const since = this.since ?? { cells: {}, rows: {} };
    for (const cell of cells) if (cell.state === "saved") since.cells[`${cell.row}/${cell.code}`] = cell;
    for (const row of rows) since.rows[row.row] = row;
    this.since = Object.assign(since, { at });
    await this.store?.note(this.shelf, since);
  }

  get shelf() {
    const { user, round, village, stage } = this.model.data;
    return `since/${user}/${round}/${village}/${stage}`;
  }

  async recall() {
    this.store = await Store.open();
    if (!this.store) return this.tell();
    const since = await this.store.noted(this.shelf);
    if (since && since.at > this.model.data.at) {
      this.since = since;
      Object.values(since.cells).forEach((cell) => this.model.savedSince(cell));
      Object.values(since.rows).forEach((row) => this.model.judged(row));
      this.redraw();
    }
    const kept = await this.store.ofGrid(this.model.data);
    for (const change of this.model.changes) await this.store.keep(change); // typed before the shelf was open
    for (const change of kept) this.model.restore(change);
    await this.store.note("person", this.model.data.user);
    this.sender.soon();
    return undefined;
  }

  redraw() {
    const { columns, rows } = this.model;
    rows.forEach((_row, r) => columns.forEach((_column, c) => this.table.refresh(r, c)));
    this.one.draw();
  }

  show(mode) {
    this.tableView.hidden = mode !== "table";
    this.oneView.hidden = mode !== "one";
    for (const [name, each] of Object.entries(this.modes)) each.setAttribute("aria-pressed", String(name === mode));
    if (mode === "one") {
      [this.one.r] = this.table.at;
      this.one.draw();
    } else {
      this.table.choose(this.one.r, this.table.at[1], false);
    }
  }

  find() {
    const wanted = fold(this.filter.value);
    const hidden = new Set();
    this.model.rows.forEach((row, r) => row.folded.includes(wanted) || hidden.add(r));
    this.table.show(hidden);
    this.one.show(hidden);
    const of = this.model.rows.length;
    this.told.textContent = wanted ? fill(this.words.shown, { n: of - hidden.size, of }) : "";
  }

  takeAll() {
    const { rows } = this.model;
    const count = rows.reduce((sum, _row, r) => sum + (this.table.hidden.has(r) ? 0 : this.model.takeRow(r)), 0);
    this.report(count, 0);
  }

  report(filled, locked) {
    const said = [fill(this.words.taken, { n: filled }), locked ? fill(this.words.locked, { n: locked }) : ""];
    this.told.textContent = said.join(" ").trim();
  }

  tell() {
    const { model, sender, words } = this;
    const unsent = model.waiting().length;
    const refused = model.changes.size - unsent;
    const parts = [];
    if (unsent) parts.push(fill(words.unsent, { n: unsent }));
    if (refused) parts.push(fill(words.refused, { n: refused }));
    if (!model.changes.size) parts.push(words.allSaved);
    if (unsent) parts.push(this.reason(sender));
    if (this.store === null) parts.push(words.notKept);
    if (model.strangers.size) parts.push(fill(words.outside, { n: model.strangers.size }));
    this.status.textContent = parts.filter(Boolean).join(" · ");
    this.status.parentElement.dataset.state = unsent || refused ? "unsent" : "saved";
    this.send.hidden = !unsent;
    this.backup.hidden = !model.changes.size && !model.strangers.size;
    this.strangers.hidden = !model.strangers.size;
  }

  reason({ state, detail, seconds }) {
    if (!navigator.onLine || state === "offline") return this.words.offline;
    if (state === "later") return fill(this.words.later, { n: seconds });
    if (state === "stopped") return detail || this.words.signIn;
    return state === "sending" ? this.words.sending : "";
  }

  download() {
    const day = new Date().toISOString().slice(0, 10);
    download(`${this.words.fileName}-${day}.json`, backupOf(this.model));
  }

  async restore() {
    const [file] = this.file.files;
    if (!file) return;
    const { problem, title, restored, outside } = restoreFrom(await file.text(), this.model);
    this.file.value = "";
    const said = [];
    if (problem) said.push(fill(this.words[problem], { title }));
    else said.push(restored ? fill(this.words.restored, { n: restored }) : this.words.nothingNew);
    if (outside) said.push(fill(this.words.outside, { n: outside }));
    this.told.textContent = said.join(" ");
    this.sender.soon();
  }

  // A step for the whole village only after everything typed has arrived.
  async step(event) {
    if (this.leaving || !this.model.changes.size) return;
    event.preventDefault();
    if ((await this.sender.now()) && !this.model.changes.size) {
      this.leaving = true;
      this.form.requestSubmit(event.submitter);
    } else {
      this.told.textContent = this.words.firstSend;
    }
  }
}

const root = document.querySelector("[data-grid]");
if (root) {
  const desk = new Desk(root, read("grid-data"), read("grid-words"));
  await desk.recall();
  openOffline(root.dataset.worker);
}
