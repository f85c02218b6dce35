// Of the fields that belong to one kind of answer only those of the chosen kind are shown.
const kind = document.querySelector("form[data-kinds] [name=kind]");

function show() {
  for (const fieldset of document.querySelectorAll("[data-kind]")) {
    fieldset.hidden = fieldset.dataset.kind !== kind.value;
  }
}

if (kind) {
  kind.addEventListener("change", show);
  show();
}
