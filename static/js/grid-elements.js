// Making elements, and the field in which a cell of a criterion is changed.

export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function button(text, act, style = "button--secondary button--small") {
  const made = element("button", { type: "button", class: `button ${style}`, text });
  made.addEventListener("click", act);
  return made;
}

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

// A list to choose from where the criterion has one, else a line with the keyboard of a phone that fits.
export function editorFor(column, text, { listed = true } = {}) {
  if (listed && column.choices.length) {
    const offered = column.choices.includes(text) || !text ? column.choices : [text, ...column.choices];
    const select = element("select", {}, ["", ...offered].map((value) => element("option", { value, text: value })));
    select.value = text;
    return select;
  }
  const figures = column.kind === "points" || column.kind === "count";
  const input = element("input", { autocomplete: "off", enterkeyhint: "next", maxlength: "300" });
  if (figures) input.inputMode = "decimal";
  input.value = text;
  return input;
}
