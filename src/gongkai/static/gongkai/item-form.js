// What was typed is kept every half minute, and nobody leaves with unsaved words unasked. Fields of policy documents are
// shown for columns that hold them. Without it everything is shown, and kept when the button is pressed.
"use strict";
for (const form of document.querySelectorAll("form[data-save]")) {
  const told = form.querySelector("[data-saved]");
  const EVERY = 30000;
  let dirty = false, running = null, leaving = false, stopped = false;

  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("change", () => { dirty = true; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });

  const keep = async () => {
    dirty = false;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const response = await fetch(form.dataset.save, { method: "POST", body: data, credentials: "same-origin" });
      const answer = await response.json();
      if (!response.ok) {
        stopped = true;
        dirty = true;
        told.textContent = answer.message;
        return;
      }
      form.elements.changes.value = answer.changes;
      told.textContent = `${told.dataset.said} ${answer.at}`;
      if (answer.left.length) {
        dirty = true;
        told.textContent += ` ${told.dataset.left}${answer.left.join("、")}`;
      }
    } catch {
      dirty = true;
      told.textContent = told.dataset.lost;
    }
  };
  const tick = () => {
    if (dirty && !running && !stopped && !leaving) running = keep().finally(() => { running = null; });
  };
  setInterval(tick, EVERY);
  form.addEventListener("submit", (event) => {
    leaving = true;
    if (!running) return;
    // Our own keeping must not look like somebody else's change.
    event.preventDefault();
    running.then(() => form.requestSubmit(event.submitter));
  });

  const count = form.elements.summary;
  if (count) {
    const shown = document.createElement("p");
    shown.className = "field-hint";
    count.insertAdjacentElement("afterend", shown);
    const tell = () => { shown.textContent = `${[...count.value].length} / 100`; };
    count.addEventListener("input", tell);
    tell();
  }
}
