// The sums of a draft of criteria, said while the points are being typed. The server says the same after saving.
const form = document.querySelector("form[data-sums]");

const number = (input) => Number.parseInt(input?.value, 10) || 0;

function say(line, sum, points) {
  const right = points === null || sum === points;
  const sentence = right ? line.dataset.right : line.dataset.wrong;
  const text = sentence.replace("{sum}", sum).replace("{points}", points);
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("draft-sum--wrong", !right);
}

function add() {
  let total = 0;
  for (const line of form.querySelectorAll("[data-group-sum]")) {
    const group = line.dataset.groupSum;
    const inputs = [...form.querySelectorAll(`[data-criterion-points="${group}"]`)];
    const sum = inputs.reduce((before, input) => before + number(input), 0);
    const own = form.querySelector(`[data-group-points="${group}"]`);
    say(line, sum, own.value === "" ? null : number(own));
    total += own.value === "" ? sum : number(own);
  }
  const line = form.querySelector("[data-total-sum]");
  say(line, total, line.dataset.points === "" ? null : Number(line.dataset.points));
}

if (form?.querySelector("[data-total-sum]")) {
  form.addEventListener("input", add);
  add();
}
