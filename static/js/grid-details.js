// What is known of the chosen cell, and what can be done with it besides typing.
import { button, element, fill } from "./grid-elements.js";

export class Details {
  constructor(model, words, box, ask) {
    Object.assign(this, { model, words, box, ask, at: null });
    model.addEventListener("cell", ({ detail: { r, c } }) => String(this.at) === String([r, c]) && this.show(r, c));
    model.addEventListener("row", ({ detail: { r } }) => this.at?.[0] === r && this.show(...this.at));
  }

  show(r, c) {
    this.at = [r, c];
    const text = this.model.shown(r, c);
    const name = element("a", { href: this.model.addressOf(r), text: this.model.rows[r].name });
    this.box.replaceChildren(
      element("p", { class: "village-grid__whose" }, [name, ` · ${this.model.columns[c].code}`, text && `: ${text}`]),
      ...criterionText(this.model.columns[c], this.words),
      ...cellNotes(this.model, this.words, r, c, this.ask),
    );
  }
}

export function criterionText(column, words) {
  const { text, most, asks, appliesIf, example } = column;
  const small = [most ? fill(words.most, { n: most }) : "", ...asks, appliesIf, fill(words.example, { example })];
  return [
    element("p", { text }),
    element("p", { class: "village-grid__small", text: small.filter(Boolean).join(" · ") }),
  ];
}

// Suggestion, trouble and the buttons of one cell; the same in the table and for one household alone.
export function cellNotes(model, words, r, c, ask) {
  const cell = model.cells[r][c];
  const column = model.columns[c];
  const notes = [];
  const buttons = [];
  if (cell.change?.state === "conflict") {
    const { by, theirs, text } = cell.change;
    const said = { by: by || words.nobody, text: theirs || words.empty, own: text || words.empty };
    notes.push(element("p", { class: "village-grid__trouble", text: fill(words.theirs, said) }));
    buttons.push(button(words.keepMine, () => model.keepMine(r, c)), button(words.keepTheirs, () => model.giveUp(r, c)));
  } else if (cell.change?.state === "refused") {
    notes.push(element("p", { class: "village-grid__trouble", text: cell.change.reason || words.cellRefused }));
    buttons.push(button(words.giveUp, () => model.giveUp(r, c)));
  }
  if (!model.mayWrite(r)) {
    notes.push(element("p", { class: "village-grid__small", text: model.rows[r].why }));
    return [...notes, element("p", { class: "cluster" }, buttons)];
  }
  if (cell.suggested && model.shown(r, c) !== cell.suggested) {
    const from = model.data.asksWhy ? words.ownSheet : words.lastYear;
    notes.push(element("p", { class: "village-grid__small", text: fill(from, { text: cell.suggested }) }));
    if (!model.shown(r, c)) buttons.push(button(words.take, () => model.take(r, c)));
  }
  if (column.mayNotApply) buttons.push(button(words.sayWhyNot, () => askWhyNot(model, words, r, c, ask)));
  if (model.data.asksWhy && model.shown(r, c)) {
    const why = model.noteOf(r, c);
    if (why) notes.push(element("p", { class: "village-grid__small", text: `${words.sayWhy} ${why}` }));
    else if (cell.apart) notes.push(element("p", { class: "village-grid__trouble", text: words.whyMissing }));
    buttons.push(button(words.sayWhy, () => askWhy(model, words, r, c, ask)));
  }
  if (buttons.length) notes.push(element("p", { class: "cluster" }, buttons));
  return notes;
}

async function askWhyNot(model, words, r, c, ask) {
  const [, known = ""] = /^KAD: (.*)$/.exec(model.shown(r, c)) ?? [];
  const reason = await ask(fill(words.whyNot, model.columns[c]), known, 290);
  if (reason) model.write(r, c, `KAD: ${reason}`);
}

async function askWhy(model, words, r, c, ask) {
  const reason = await ask(fill(words.why, model.columns[c]), model.noteOf(r, c), 500);
  if (reason !== null) model.write(r, c, model.shown(r, c), reason);
}
