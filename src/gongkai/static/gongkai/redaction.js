// Draws boxes over the picture of a page (mouse, touch, keyboard) and sends each at once with the form that stands
// beside it; the other forms of the page are sent the same way, so that the picture stays. Without it the forms do.
"use strict";
(() => {
  const root = document.getElementById("redaction");
  const again = async (address, options) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, ...options }).catch(() => null);
    if (!answer || !answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("redaction") ? page : null;
  };
  const sheet = document.getElementById("sheet");
  const side = document.getElementById("redaction-side");
  let unsent = 0;
  let area = null;
  const busy = () => unsent > 0 || area !== null || Boolean(side && side.contains(document.activeElement));
  const unfinished = root.dataset.unfinished;
  const look = async () => {
    const page = await again(location.href);
    const now = page && page.getElementById("redaction");
    if (now && now.dataset.unfinished !== unfinished && !busy()) return location.reload();
    if (now && unfinished === "making") root.innerHTML = now.innerHTML;
    return setTimeout(look, 2000);
  };
  if (unfinished) setTimeout(look, 2000);
  if (!sheet || !sheet.dataset.draw) return;
  const boxes = document.getElementById("sheet-boxes");
  const status = document.getElementById("sheet-status");
  const touch = document.getElementById("sheet-touch");
  for (const hidden of root.querySelectorAll(".for-script")) hidden.hidden = false;
  const tell = (name) => { status.textContent = name ? status.dataset[name] : ""; };
  const edges = (area) => ({ left: area[0], top: area[1], right: area[2], bottom: area[3] });

  // ---- sending: one after the other, each with the number of changes that the last answer told ----
  let waiting = Promise.resolve();
  const put = (page) => {
    const focused = document.activeElement && document.activeElement.id;
    for (const id of ["redaction-messages", "redaction-side", "sheet-boxes"]) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id).replaceChildren(...document.importNode(fresh, true).childNodes);
    }
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
    else if (!root.contains(document.activeElement)) document.getElementById("boxes").focus({ preventScroll: true });
  };
  const send = (action, data) => {
    unsent += 1;
    tell("saving");
    waiting = waiting.then(async () => {
      const seen = side.querySelector("[name=seen]");
      if (seen) data.set("seen", seen.value);
      const page = await again(action, { method: "POST", body: data });
      unsent -= 1;
      if (!page) return tell("failed");
      put(page);
      const refused = page.getElementById("error-summary");
      tell(refused ? "" : "saved");
      if (refused) document.getElementById("error-summary").focus();
      return undefined;
    });
  };
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    const data = new FormData(form);
    if (event.submitter && event.submitter.name) data.set(event.submitter.name, event.submitter.value);
    send(form.action, data);
  });
  window.addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });

  // ---- drawing ----
  let drawn = null;
  let start = null;
  const draw = () => {
    if (!drawn) {
      drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      drawn.setAttribute("class", "is-new");
      boxes.append(drawn);
    }
    const place = { x: area[0], y: area[1], width: area[2] - area[0], height: area[3] - area[1] };
    for (const [name, value] of Object.entries(place)) drawn.setAttribute(name, (10 * value).toFixed(2));
  };
  const forget = () => {
    if (drawn) drawn.remove();
    area = drawn = start = null;
  };
  const save = () => {
    const form = document.getElementById("new-box");
    const data = new FormData(form);
    for (const [name, value] of Object.entries(edges(area))) data.set(name, value.toFixed(3));
    // What was drawn stays until the answer brings all boxes anew.
    area = drawn = start = null;
    send(form.action, data);
  };
  const within = (value) => Math.min(Math.max(value, 0), 100);
  const point = (event) => {
    const place = boxes.getBoundingClientRect();
    return [within((100 * (event.clientX - place.left)) / place.width), within((100 * (event.clientY - place.top)) / place.height)];
  };
  sheet.classList.add("can-draw");
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "application");
  sheet.setAttribute("aria-label", sheet.dataset.draw);
  sheet.setAttribute("aria-describedby", "sheet-help");
  sheet.addEventListener("dragstart", (event) => event.preventDefault());
  touch.addEventListener("click", () => {
    touch.setAttribute("aria-pressed", String(sheet.classList.toggle("is-drawing")));
  });
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && !sheet.classList.contains("is-drawing"))) return;
    forget();
    start = point(event);
    sheet.setPointerCapture(event.pointerId);
    tell("");
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!start) return;
    const end = point(event);
    area = [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.max(start[0], end[0]), Math.max(start[1], end[1])];
    draw();
  });
  sheet.addEventListener("pointerup", () => {
    if (start && area && area[2] - area[0] >= 0.4 && area[3] - area[1] >= 0.4) save();
    else forget();
  });
  sheet.addEventListener("pointercancel", forget);

  // ---- by keyboard: the box appears in the middle, is moved and sized, and saved ----
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const moved = ([x, y], size) => {
    if (size) return [area[0], area[1], Math.min(Math.max(area[2] + x, area[0] + 0.5), 100), Math.min(Math.max(area[3] + y, area[1] + 0.5), 100)];
    const dx = Math.min(Math.max(x, -area[0]), 100 - area[2]);
    const dy = Math.min(Math.max(y, -area[1]), 100 - area[3]);
    return [area[0] + dx, area[1] + dy, area[2] + dx, area[3] + dy];
  };
  sheet.addEventListener("keydown", (event) => {
    if (event.target !== sheet || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && !area) {
      area = [40, 48, 60, 51];
      draw();
      tell("placing");
    } else if (event.key === "Enter") save();
    else if (event.key === "Escape" && area) {
      forget();
      tell("");
    } else if (steps[event.key] && area) {
      area = moved(steps[event.key].map((step) => step / (event.repeat ? 1 : 2)), event.shiftKey);
      draw();
    } else return;
    event.preventDefault();
  });

  // ---- which entry of the list is which box ----
  const choose = (event) => {
    const entry = event.target.closest && event.target.closest("li[data-box]");
    for (const box of boxes.querySelectorAll("rect")) box.classList.toggle("is-chosen", Boolean(entry) && box.dataset.box === entry.dataset.box);
  };
  side.addEventListener("pointerover", choose);
  side.addEventListener("focusin", choose);
})();
