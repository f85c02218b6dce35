// components: "Giữ lại" and "Đọc tiếp" on the page of a resource, and the place of a reader who turns pages.
import { canKeep, keep, leadOn, readLog, remove, stoppedAt } from "./reading-log.js";

function offerToKeep(box) {
  const { keepId: id, keepTitle: title } = box.dataset;
  const button = box.querySelector("button");
  const label = button.querySelector("[data-keep]");
  const status = box.querySelector("[role=status]");
  const onward = box.querySelector("[data-go-on]");

  function show() {
    const log = readLog();
    const kept = id in log.kept;
    button.setAttribute("aria-pressed", String(kept));
    label.textContent = kept ? label.dataset.kept : label.dataset.keep;
    if (onward) showPlace(log.reading[id]);
  }

  function showPlace(place) {
    if (place) leadOn(onward, id, place);
    onward.hidden = !place;
  }

  button.addEventListener("click", () => {
    const kept = button.getAttribute("aria-pressed") === "true";
    if (kept) remove("kept", id);
    else keep(id, title);
    show();
    status.textContent = kept ? status.dataset.letGo : status.dataset.kept;
  });
  show();
  box.hidden = false;
}

if (canKeep()) {
  document.querySelectorAll("[data-keep-id]").forEach(offerToKeep);
  for (const { dataset } of document.querySelectorAll("[data-stopped-at]")) {
    stoppedAt(dataset.stoppedAt, dataset.title, Number(dataset.rendition), Number(dataset.page));
  }
}
