// Small comforts of every page; nothing here is needed to read it.

// Menus and panels made of <details> close on Escape, and when the reader goes elsewhere.
function close(details, giveFocusBack) {
  details.open = false;
  if (giveFocusBack) details.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const inner = [...document.querySelectorAll("details[data-closes][open]")].pop();
  if (inner) close(inner, inner.contains(document.activeElement));
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const details of document.querySelectorAll("details[data-closes][open]")) {
      if (!details.contains(event.target)) close(details, false);
    }
  });
}

// Browsers that do not know autofocus on other elements than inputs.
const summary = document.querySelector(".error-summary");
if (summary && document.activeElement !== summary) summary.focus();
