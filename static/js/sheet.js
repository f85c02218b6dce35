// What a sheet comes to while one types: total, groups, banner, and where two sheets differ. Without it, saving shows the same.
const WAIT = 300; // ms after the last key

function showStanding(form, answer) {
  const banner = form.querySelector("[data-standing]");
  banner.className = `standing standing--${answer.state}`;
  banner.dataset.standing = answer.state;
  const total = banner.querySelector("[data-total]");
  total.textContent = answer.total;
  total.parentElement.hidden = answer.total === "";
  banner.querySelector("[data-words]").textContent = answer.words;
  banner.querySelector("[data-veto]").hidden = !answer.vetoed;
  const items = answer.reasons.map((reason) => Object.assign(document.createElement("li"), { textContent: reason }));
  banner.querySelector("[data-reasons]").replaceChildren(...items);
  for (const group of form.querySelectorAll("[data-group]")) {
    group.textContent = answer.groups[group.dataset.group] ?? "0";
  }
}

function showDifference(cell, difference) {
  cell.classList.toggle("sheet__cell--differs", Boolean(difference));
  cell.classList.toggle("sheet__cell--wide", Boolean(difference?.wide));
  const line = cell.querySelector("[data-difference]");
  line.hidden = !difference;
  line.querySelector("[data-words]").textContent = difference?.words ?? "";
  const why = cell.querySelector("[data-why]");
  if (why && difference?.wide) why.hidden = false; // and never away again: something may stand in it
}

function keepUp(form) {
  let timer = 0;
  let underWay = null;

  async function ask() {
    underWay?.abort();
    underWay = new AbortController();
    const body = new FormData(form);
    try {
      const response = await fetch(form.dataset.figures, { method: "POST", body, signal: underWay.signal });
      if (!response.ok) return;
      const answer = await response.json();
      showStanding(form, answer);
      for (const row of form.querySelectorAll("[data-code]")) {
        const cell = row.querySelector("[data-open]");
        if (cell) showDifference(cell, answer.differences[row.dataset.code]);
      }
    } catch {
      // Off the line, or asked anew: the next key tries again, and saving tells.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
}

document.querySelectorAll("form[data-figures]").forEach(keepUp);
