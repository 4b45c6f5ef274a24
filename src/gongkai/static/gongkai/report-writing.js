// A figure goes to where the cursor stands, the length is counted while writing, and nobody leaves with unsaved words
// unasked. Without it the figure is appended by the server and the length is that of the last look.
"use strict";
for (const counter of document.querySelectorAll("[data-length-of]")) {
  const text = document.getElementById(counter.dataset.lengthOf);
  const shown = counter.querySelector("[data-length]");
  const counted = /[A-Za-z0-9][A-Za-z0-9.,%'-]*|\S/g;
  const count = () => {
    shown.textContent = String((text.value.replace(/\{\{[^{}]*\}\}/g, " 1 ").match(counted) || []).length);
  };
  const began = text.value;
  let leaving = false;
  text.addEventListener("input", count);
  text.form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && text.value !== began) event.preventDefault();
  });
  count();
}
for (const button of document.querySelectorAll("[data-insert-into]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const text = document.getElementById(button.dataset.insertInto);
    const chosen = (name) => text.form.elements.namedItem(name).value;
    const quantity = chosen("quantity");
    if (!quantity) return;
    const manner = chosen("manner");
    const said = manner === "share" ? `share ${quantity} of ${chosen("whole")}` : `${manner} ${quantity}`.trim();
    text.setRangeText(`{{ ${said} }}`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input"));
    text.focus();
  });
}
