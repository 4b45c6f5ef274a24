// Shows the fields that only organisations need when an organisation is chosen. Without it all fields are shown.
"use strict";
(() => {
  const form = document.querySelector("[data-application-form]");
  if (!form) return;
  const kinds = form.querySelectorAll("input[name=applicant_kind]");
  const parts = form.querySelectorAll("[data-only-kind=organisation]");
  const adapt = () => {
    const chosen = form.querySelector("input[name=applicant_kind]:checked");
    for (const part of parts) {
      const wrong = part.querySelector(".is-wrong") !== null;
      part.hidden = Boolean(chosen) && chosen.value === "natural_person" && !wrong;
    }
  };
  for (const kind of kinds) kind.addEventListener("change", adapt);
  adapt();
})();
