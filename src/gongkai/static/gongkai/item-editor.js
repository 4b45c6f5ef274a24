// The text of an item is written as it will look; what is typed lies in the text field all the time, so that the form
// sends it as ever. Without this the text field itself is there: plain text, or HTML. What may stay is for the server
// to say; here pasted rubbish is only kept from the eye.
"use strict";
(() => {
  const KEEP = new Set("H1 H2 H3 H4 H5 H6 P UL OL LI TABLE CAPTION THEAD TBODY TFOOT TR TD TH BLOCKQUOTE FIGURE FIGCAPTION BR STRONG B EM I U SUB SUP A IMG".split(" "));
  const GONE = "script,style,title,meta,link,xml,iframe,object,embed,svg,math,form input,form button,select,textarea";
  const ATTRIBUTES = { A: ["href"], IMG: ["src", "alt"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan", "scope"], OL: ["start"] };

  const tidy = (html) => {
    // Styles and handlers go before the browser reads them: our policy would report each.
    const plain = html.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, "").replace(/\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, (found) => {
      const align = /text-align\s*:\s*(center|right)/i.exec(found);
      return align ? ` align="${align[1].toLowerCase()}"` : "";
    });
    const page = new DOMParser().parseFromString(plain, "text/html");
    for (const element of page.body.querySelectorAll(GONE)) element.remove();
    for (const element of [...page.body.querySelectorAll("*")].reverse()) {
      const align = element.getAttribute("align") || (/\balign-(center|right)\b/.exec(element.className) || [])[1];
      const named = ATTRIBUTES[element.tagName] || [];
      for (const { name } of [...element.attributes]) if (!named.includes(name)) element.removeAttribute(name);
      if (["center", "right"].includes(align) && /^(P|H[1-6]|TD|TH)$/.test(element.tagName)) element.className = `align-${align}`;
      if (element.tagName === "IMG" && !/^\/desk\/revisions\/|^attachment:/.test(element.getAttribute("src") || "")) element.remove();
      else if (element.tagName === "DIV" && !element.querySelector("p,div,table,ul,ol,h1,h2,h3,h4,blockquote")) rename(element, "p");
      else if (!KEEP.has(element.tagName)) element.replaceWith(...element.childNodes);
    }
    const fragment = document.createDocumentFragment();
    fragment.append(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
    return fragment;
  };
  const rename = (element, name) => {
    const other = element.ownerDocument.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
  };
  const asHtml = (text) => {
    if (/<[a-z][^<>]*>/i.test(text)) return text;
    const box = document.createElement("div");
    for (const part of text.trim().split(/\n\s*\n/)) {
      const p = document.createElement("p");
      p.textContent = part.replace(/\n/g, " ");
      box.append(p);
    }
    return box.innerHTML;
  };
  const trimmed = (html) => html.replace(/<p>(?:<br>|\s|&nbsp;)*<\/p>/g, "").replace(/(<\/(?:p|h[2-4]|ul|ol|table|blockquote)>)(?=<)/g, "$1\n").trim();

  for (const box of document.querySelectorAll("[data-rich-text-for]")) begin(box);

  function begin(box) {
    const field = document.getElementById(box.dataset.richTextFor);
    const surface = box.querySelector(".rich-surface");
    const [bar, tableBar] = box.querySelectorAll(".rich-bar");
    const said = box.querySelector("[data-rich-said]");
    const chooser = box.querySelector("[data-rich-picture]");
    const editor = new Squire(surface, { blockTag: "P", sanitizeToDOMFragment: tidy, addLinks: false, undo: { documentSizeThreshold: -1, undoLimit: 60 } });
    let source = false, kept = field.value;

    const show = () => editor.setHTML(asHtml(field.value) || "<p><br></p>");
    const write = () => {
      if (source) return;
      kept = trimmed(editor.getHTML());
      if (field.value !== kept) {
        field.value = kept;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    };
    show();
    box.hidden = false;
    field.hidden = true;
    editor.addEventListener("input", write);
    field.form.addEventListener("submit", write, true);

    // --- the bar: one stop of the Tab key, arrows inside
    for (const one of [bar, tableBar]) {
      const buttons = [...one.querySelectorAll("button")];
      buttons.forEach((button, place) => { button.tabIndex = place ? -1 : 0; });
      one.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const here = buttons.indexOf(document.activeElement);
        const next = buttons[(here + step + buttons.length) % buttons.length];
        buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
        next.focus();
      });
      one.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
      one.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) act(button.dataset.act, button);
      });
    }
    const at = (name) => {
      const node = editor.getSelection().commonAncestorContainer;
      const element = node.nodeType === 1 ? node : node.parentElement;
      const found = element && element.closest(name);
      return found && surface.contains(found) ? found : null;
    };
    const state = () => {
      for (const [name, tag] of [["bold", "B"], ["underline", "U"]]) {
        bar.querySelector(`[data-act="${name}"]`).setAttribute("aria-pressed", String(editor.hasFormat(tag) || (tag === "B" && editor.hasFormat("STRONG"))));
      }
      tableBar.hidden = source || !at("table");
    };
    editor.addEventListener("pathChange", state);
    editor.addEventListener("select", state);
    surface.addEventListener("focusin", state);

    const block = (tag) => editor.modifyBlocks((fragment) => {
      for (const element of [...fragment.querySelectorAll("p,h1,h2,h3,h4,h5,h6,div")]) if (!element.querySelector("p")) rename(element, tag);
      return fragment;
    });
    const toggle = (tag, on, off) => (editor.hasFormat(tag) ? off.call(editor) : on.call(editor));
    const ACTS = {
      p: () => block("p"), h2: () => block("h2"), h3: () => block("h3"),
      bold: () => toggle("B", editor.bold, editor.removeBold),
      underline: () => toggle("U", editor.underline, editor.removeUnderline),
      superscript: () => toggle("SUP", editor.superscript, editor.removeSuperscript),
      subscript: () => toggle("SUB", editor.subscript, editor.removeSubscript),
      ul: () => (editor.hasFormat("UL") ? editor.removeList() : editor.makeUnorderedList()),
      ol: () => (editor.hasFormat("OL") ? editor.removeList() : editor.makeOrderedList()),
      quote: () => (editor.hasFormat("BLOCKQUOTE") ? editor.decreaseQuoteLevel() : editor.increaseQuoteLevel()),
      clear: () => editor.removeAllFormatting(), undo: () => editor.undo(), redo: () => editor.redo(),
      link: askLink, table: askTable, picture: () => chooser.click(), source: swap,
      row: () => tableAct((table, cell) => {
        const row = cell.closest("tr"), other = row.cloneNode(true);
        for (const each of [...other.cells]) blank(each, "td");
        (row.closest("thead") ? firstBody(table) : row).insertAdjacentElement(row.closest("thead") ? "afterbegin" : "afterend", other);
      }),
      column: () => tableAct((table, cell) => {
        const place = cell.cellIndex;
        for (const row of table.rows) {
          const near = row.cells[Math.min(place, row.cells.length - 1)];
          near.insertAdjacentElement("afterend", fresh(near.tagName));
        }
      }),
      "no-row": () => tableAct((table, cell) => {
        if (table.rows.length > 1) cell.closest("tr").remove(); else table.remove();
      }),
      "no-column": () => tableAct((table, cell) => {
        const place = cell.cellIndex;
        for (const row of [...table.rows]) if (row.cells[place]) row.cells[place].remove();
        if (![...table.rows].some((row) => row.cells.length)) table.remove();
      }),
      head: () => tableAct((table) => {
        const row = table.rows[0], head = table.tHead || table.createTHead();
        head.append(row);
        for (const each of [...row.cells]) if (each.tagName === "TD") { const th = fresh("th"); th.replaceChildren(...each.childNodes); each.replaceWith(th); }
      }),
      "no-table": () => tableAct((table) => table.remove()),
    };
    function act(name, button) {
      if (source && name !== "source") return;
      ACTS[name](button);
      write();
      if (!["link", "table", "picture", "source"].includes(name)) editor.focus();
      state();
    }
    const fresh = (tag) => {
      const cell = document.createElement(tag);
      if (cell.tagName === "TH") cell.scope = "col";
      cell.append(document.createElement("br"));
      return cell;
    };
    const blank = (cell, tag) => cell.replaceWith(fresh(tag));
    const firstBody = (table) => table.tBodies[0] || table.createTBody();
    function tableAct(change) {
      const cell = at("td,th"), table = at("table");
      if (!table) return;
      editor.saveUndoState();
      change(table, cell || table.rows[0].cells[0]);
      surface.dispatchEvent(new Event("input"));
    }

    // --- what must be asked
    function ask(name, first) {
      const dialog = box.querySelector(`[data-ask="${name}"]`), range = editor.getSelection();
      return new Promise((answer) => {
        const done = (event) => {
          const button = event.target.closest("[data-answer]");
          if (!button) return;
          dialog.close(button.dataset.answer);
        };
        const enter = (event) => {
          if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
          event.preventDefault();
          dialog.close("ok");
        };
        dialog.returnValue = "";
        dialog.addEventListener("click", done);
        dialog.addEventListener("keydown", enter);
        dialog.addEventListener("close", () => {
          dialog.removeEventListener("click", done);
          dialog.removeEventListener("keydown", enter);
          editor.focus();
          editor.setSelection(range);
          answer(dialog.returnValue);
        }, { once: true });
        dialog.showModal();
        first.focus();
        first.select();
      });
    }
    async function askLink() {
      const input = box.querySelector("#rich-link"), old = at("a");
      input.value = old ? old.getAttribute("href") : "";
      const answer = await ask("link", input);
      if (answer === "none") editor.removeLink();
      else if (answer === "ok" && input.value.trim()) editor.makeLink(input.value.trim());
      write();
    }
    async function askTable() {
      const [rows, columns] = ["#rich-rows", "#rich-columns"].map((id) => box.querySelector(id));
      if (await ask("table", rows) !== "ok") return;
      const size = (input) => Math.max(1, Math.min(Number(input.max), Number(input.value) || 1));
      const line = (tag) => `<tr>${`<${tag}${tag === "th" ? ' scope="col"' : ""}><br></${tag}>`.repeat(size(columns))}</tr>`;
      editor.insertHTML(`<table><thead>${line("th")}</thead><tbody>${line("td").repeat(Math.max(1, size(rows) - 1))}</tbody></table><p><br></p>`);
      write();
    }
    async function picture(file) {
      const words = box.querySelector("#rich-alt"), data = new FormData();
      words.value = "";
      data.append("picture", file, file.name || "picture.png");
      data.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
      said.textContent = "";
      let told = {};
      try {
        const response = await fetch(field.form.dataset.picture, { method: "POST", body: data, credentials: "same-origin" });
        told = await response.json();
      } catch { /* told below */ }
      if (!told.src) { said.textContent = told.message || "!"; return; }
      if (await ask("words", words) !== "ok") return;
      editor.insertImage(told.src, { alt: words.value.trim() });
      write();
    }
    chooser.addEventListener("change", () => { if (chooser.files[0]) picture(chooser.files[0]); chooser.value = ""; });
    editor.addEventListener("pasteImage", (event) => {
      for (const item of event.detail.clipboardData.items) if (item.kind === "file") picture(item.getAsFile());
    });
    function swap(button) {
      if (!source) write(); else show();
      source = !source;
      button.setAttribute("aria-pressed", String(source));
      surface.hidden = source;
      field.hidden = !source;
      tableBar.hidden = true;
      for (const each of bar.querySelectorAll("button")) if (each !== button) each.disabled = source;
      if (source) field.focus(); else editor.focus();
    }
  }
})();
