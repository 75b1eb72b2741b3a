// Completes the name of a territory: a combobox over the register. Without it, the server reads what was typed.

/**
 * What the server offers.
 * @typedef {{ code: string, label: string, former: string | null, kind: string | null, written: Record<string, string | number> }} Place
 */

const seen = new WeakSet();

/**
 * Makes a combobox of an input. Source: WAI-ARIA Authoring Practices, editable combobox with list autocomplete.
 * @param {HTMLInputElement} input
 */
function complete(input) {
  seen.add(input);
  /** @type {Place[]} */
  let places = [];
  let active = -1;
  let waiting = 0;
  let asked = 0;
  const said = { ...input.dataset };

  // A row that was copied from another brings its list along.
  for (const copied of [...(input.parentElement?.children ?? [])]) {
    if (copied !== input) copied.remove();
  }
  const list = document.createElement("ul");
  list.id = `${input.id || input.name}-liste`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", said.offers ?? "");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  /** Opens or closes the list. @param {boolean} open */
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) move(-1);
  };

  /** Makes an offer the active one; none: the text itself. @param {number} to */
  const move = (to) => {
    active = to;
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(place === active));
      if (place === active) option.scrollIntoView({ block: "nearest" });
    }
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
  };

  /** Keeps the code of what was chosen; none once the text is changed. @param {string} code */
  const keep = (code) => {
    const name = said.code;
    const form = input.form;
    if (!name || !form) return;
    const fields = [...form.querySelectorAll("input")].filter((field) => field.name === name);
    let hidden = fields.find((field) => field.type === "hidden");
    if (!hidden && code) {
      // What was chosen here takes the place of the choices that the server showed.
      for (const field of fields) field.closest("fieldset")?.remove();
      hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = name;
      (input.closest(".field") ?? form).append(hidden);
    }
    if (hidden) hidden.value = code;
    else for (const field of fields) field.checked = false;
  };

  /** Takes an offer. @param {Place} place */
  const choose = (place) => {
    input.value = said.fill === undefined ? place.label : String(place.written.name);
    keep(place.code);
    if (said.fill !== undefined) {
      const stem = input.name.replace(/\.name$/, "");
      for (const field of input.closest(".row")?.querySelectorAll("input") ?? []) {
        const key = field.name.startsWith(`${stem}.`) ? field.name.slice(stem.length + 1) : "";
        if (key && key !== "name" && key !== "path") field.value = String(place.written[key] ?? "");
      }
    }
    show(false);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /** @param {Place} place @param {number} number */
  const option = (place, number) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(place.former ? `${place.former} → ${place.label}` : place.label);
    if (place.kind) {
      const kind = document.createElement("span");
      kind.className = "soft";
      kind.textContent = ` ${place.kind}`;
      item.append(kind);
    }
    // The focus stays in the input.
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(place));
    return item;
  };

  const ask = async () => {
    const typed = input.value.trim();
    asked += 1;
    const mine = asked;
    if (typed.length < 2) {
      show(false);
      status.textContent = "";
      return;
    }
    const language = document.documentElement.lang;
    const answer = await fetch(`/territoires/completer?q=${encodeURIComponent(typed)}&lang=${language}`).catch(() => null);
    const found = answer?.ok ? await answer.json() : null;
    if (mine !== asked || !found) return;
    places = found.places;
    list.replaceChildren(...places.map(option));
    const count = places.length;
    status.textContent = (count === 0 ? said.none : count === 1 ? said.one : said.some?.replace("#", String(count))) ?? "";
    show(count > 0 && document.activeElement === input);
  };

  input.addEventListener("input", () => {
    keep("");
    clearTimeout(waiting);
    waiting = window.setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        if (places.length > 0) show(true);
        else ask();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = places.length + 1;
      move(((active + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(places[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      show(false);
    } else if (event.key === "Tab" && open && active >= 0) {
      choose(places[active]);
    }
  });
  input.addEventListener("blur", () => show(false));
}

// Rows of a form may come later: an input is made ready when it is entered. Each stands alone in a `.completed`.
const ready = (/** @type {EventTarget | null} */ target) => {
  if (target instanceof HTMLInputElement && target.dataset.completePlace !== undefined && !seen.has(target)) complete(target);
};
document.addEventListener("focusin", (event) => ready(event.target));
for (const input of document.querySelectorAll("input[data-complete-place]")) ready(input);
