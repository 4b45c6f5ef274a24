// Reads the page aloud with the browser's own voice. Where there is none, the button stays hidden.
"use strict";
(() => {
  const button = document.querySelector("[data-read-aloud]");
  if (!button || !("speechSynthesis" in window)) return;
  const label = button.querySelector("[data-start]");
  const voice = window.speechSynthesis;
  let reading = false;
  // Short pieces: some voices stop in the middle of a long one.
  const pieces = () => {
    const main = document.getElementById("main").cloneNode(true);
    main.querySelectorAll(".no-print, .visually-hidden, script, svg, form").forEach((part) => part.remove());
    const lines = [...main.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption")]
      .filter((part) => !part.querySelector("p, li, dt, dd, td"))
      .map((part) => part.textContent.replace(/\s+/g, " ").trim());
    return lines.filter(Boolean).flatMap((line) => line.match(/[^。！？；]{1,120}[。！？；]?/g) || []);
  };
  const show = (now) => {
    reading = now;
    label.textContent = now ? label.dataset.stop : label.dataset.start;
    button.setAttribute("aria-pressed", String(now));
  };
  button.addEventListener("click", () => {
    voice.cancel();
    if (reading) return show(false);
    const said = pieces();
    said.forEach((text, place) => {
      const piece = new SpeechSynthesisUtterance(text);
      piece.lang = document.documentElement.lang;
      piece.rate = 0.9;
      if (place === said.length - 1) piece.addEventListener("end", () => show(false));
      voice.speak(piece);
    });
    show(said.length > 0);
  });
  window.addEventListener("pagehide", () => voice.cancel());
  button.hidden = false;
})();
