// Offers titles and numbers while one types, as a listbox that the arrow keys walk. Without it the form works as it is.
"use strict";
(() => {
  const PAUSE = 200;
  for (const field of document.querySelectorAll("[data-suggest]")) {
    const input = field.querySelector("input[type=search]");
    const list = field.querySelector("[role=listbox]");
    const told = field.querySelector("[data-told]");
    if (!input || !list || !told) continue;
    let timer = 0;
    let asking = null;
    let chosen = -1;

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    const options = () => [...list.children];
    const choose = (place) => {
      chosen = place;
      options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
      const option = options()[place];
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    };
    const close = () => {
      clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    };
    const line = (text, css) => {
      const span = document.createElement("span");
      span.className = css;
      span.textContent = text;
      return span;
    };
    const show = (rows) => {
      list.replaceChildren(...rows.map((row, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.lang = "zh-CN";
        option.dataset.address = row.address;
        option.append(line(row.title, "offer-title"), line([row.number, row.agency].filter(Boolean).join("　"), "offer-facts"));
        return option;
      }));
      list.hidden = rows.length === 0;
      input.setAttribute("aria-expanded", String(rows.length > 0));
      choose(-1);
      const words = rows.length === 1 ? field.dataset.one : field.dataset.some.replace("#", rows.length);
      told.textContent = rows.length ? words : "";
    };
    const ask = async () => {
      if (asking) asking.abort();
      if (!input.value.trim()) return close();
      const mine = asking = new AbortController();
      const query = new URLSearchParams({ q: input.value });
      const agency = input.form.elements.namedItem("agency");
      if (agency && agency.value) query.set("agency", agency.value);
      try {
        const answer = await fetch(`${field.dataset.suggest}?${query}`, { signal: mine.signal, credentials: "omit" });
        if (answer.ok) {
          const rows = (await answer.json()).rows;
          if (mine === asking && !mine.signal.aborted) show(rows);
        }
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("compositionend", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const last = options().length - 1;
      if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : 0);
      else if (event.key === "ArrowUp") choose(chosen > 0 ? chosen - 1 : last);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && chosen >= 0) location.assign(options()[chosen].dataset.address);
      else return;
      event.preventDefault();
    });
    // Pressed, not clicked: the box must not lose the focus first.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.address);
    });
    input.addEventListener("blur", close);
  }
})();
