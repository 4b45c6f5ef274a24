// Shows a place of the reply only while the choice that needs it is made. Without it all places are shown, each with
// the words that tell when it is needed.
"use strict";
for (const form of document.querySelectorAll(".step-form")) {
  const dependants = form.querySelectorAll("[data-when]");
  if (!dependants.length) continue;
  const holds = (condition) => {
    const [name, value] = condition.split("=");
    const chosen = form.querySelector(`[name="${name}"]:checked`);
    return chosen !== null && chosen.value === value;
  };
  const adapt = () => {
    for (const control of dependants) {
      const field = control.closest(".field");
      if (field && control.dataset.when.includes("=") && !control.dataset.when.endsWith("=")) {
        field.hidden = !holds(control.dataset.when) && !field.classList.contains("is-wrong");
      }
    }
  };
  form.addEventListener("change", adapt);
  adapt();
}
