// Comfort for the edit form: drafts kept while typing, in the account or in this browser, a word before leaving, more rows.
// Everything works without it.

const form = document.querySelector("form[data-draft]");
if (form instanceof HTMLFormElement) {
  const key = `terreau:draft:${form.dataset.draft}`;
  const status = form.querySelector("[data-draft-status]");
  const skipped = new Set(["cle", "base", "id", "fin", "geste", "accord", "invite", "ouvert", "nom", "email", "relais"]);
  let changed = false;
  let sending = false;

  /** Returns what is typed, as pairs. @returns {[string, string][]} */
  const typed = () => {
    /** @type {[string, string][]} */
    const pairs = [];
    for (const [name, value] of new FormData(form)) {
      if (!skipped.has(name) && typeof value === "string") pairs.push([name, value]);
    }
    return pairs;
  };

  const base = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("base"))?.value ?? "";
  const shown = JSON.stringify(typed());

  /** Keeps what is typed in this browser. */
  const keepHere = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ base, pairs: typed(), at: Date.now() }));
      if (status) status.textContent = form.dataset.draftKept ?? "";
    } catch {
      // A full or forbidden store: the form itself is enough.
    }
  };

  /** Keeps what is typed in the account; here when that fails, or while another draft waits for a choice. */
  const store = async () => {
    const saved = form.dataset.draftAccount;
    if (saved === undefined || document.querySelector("[data-draft-offer]")) return keepHere();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    body.set("geste", "brouillon");
    body.set("silence", "1");
    const written = JSON.stringify(typed());
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      if (answer.status !== 204) throw new Error(String(answer.status));
      localStorage.removeItem(key);
      if (status) status.textContent = saved;
      if (JSON.stringify(typed()) === written) changed = false;
    } catch {
      keepHere();
    }
  };

  /** Fills the form with a draft. @param {[string, string][]} pairs */
  const fill = (pairs) => {
    /** @type {Map<string, string[]>} */
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
    for (const name of values.keys()) growTo(name);
    for (const input of form.elements) {
      if (input instanceof HTMLInputElement && (input.type === "checkbox" || input.type === "radio")) {
        if (!skipped.has(input.name)) input.checked = values.get(input.name)?.includes(input.value) ?? false;
      } else if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement) {
        const value = values.get(input.name)?.[0];
        if (value !== undefined && !skipped.has(input.name)) input.value = value;
      }
    }
    for (const fold of form.querySelectorAll("details")) {
      if ([...fold.querySelectorAll("input, textarea, select")].some((input) => values.has(input.getAttribute("name") ?? ""))) {
        fold.dataset.filled = "";
      }
    }
    changed = true;
  };

  /** Offers a draft that differs from what is shown. */
  const offer = () => {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return;
    }
    if (!kept?.pairs) return;
    const isOld = Date.now() - kept.at > 30 * 24 * 3600 * 1000;
    if (isOld || kept.sent || JSON.stringify(kept.pairs) === shown) {
      localStorage.removeItem(key);
      return;
    }
    const bar = document.createElement("div");
    bar.className = "notice draft";
    bar.setAttribute("role", "status");
    const says = document.createElement("p");
    says.textContent = form.dataset.draftFound ?? "";
    const take = document.createElement("button");
    take.type = "button";
    take.textContent = form.dataset.draftTake ?? "";
    take.addEventListener("click", () => {
      fill(kept.pairs);
      bar.remove();
      form.querySelector("input:not([type=hidden]), textarea")?.scrollIntoView({ block: "center" });
    });
    const forget = document.createElement("button");
    forget.type = "button";
    forget.className = "quiet";
    forget.textContent = form.dataset.draftForget ?? "";
    forget.addEventListener("click", () => {
      localStorage.removeItem(key);
      bar.remove();
    });
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    buttons.append(take, forget);
    bar.append(says, buttons);
    form.before(bar);
  };

  /** Makes sure that the row of a name is there. @param {string} name */
  const growTo = (name) => {
    const [, list, row] = /^(f\.[a-z_]+)\.(\d+)(?:\.|$)/.exec(name) ?? [];
    if (!list) return;
    const rows = form.querySelector(`[data-rows="${list}"]`);
    while (rows && rows.querySelectorAll(":scope > ol > li").length <= Number(row)) addRow(rows);
  };

  /** Adds an empty row to a list. @param {Element} rows */
  const addRow = (rows) => {
    const all = rows.querySelectorAll(":scope > ol > li");
    const last = all[all.length - 1];
    if (!(last instanceof HTMLElement)) return;
    const [from, to] = [all.length - 1, all.length];
    const name = rows.getAttribute("data-rows") ?? "";
    const id = rows.id;
    const row = /** @type {HTMLElement} */ (last.cloneNode(true));
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of ["id", "for", "name", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value === null) continue;
        element.setAttribute(
          attribute,
          value.replaceAll(`${id}-${from}`, `${id}-${to}`).replaceAll(`${name}.${from}`, `${name}.${to}`),
        );
      }
      if (element instanceof HTMLInputElement && element.type === "checkbox") element.checked = false;
      else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.value = "";
      else if (element instanceof HTMLSelectElement) {
        const first = [...element.options].findIndex((option) => option.defaultSelected);
        element.selectedIndex = Math.max(first, 0);
      }
    }
    last.after(row);
    return row;
  };

  for (const rows of form.querySelectorAll("[data-rows]")) {
    rows.querySelector(".without-script")?.remove();
    const add = document.createElement("button");
    add.type = "button";
    add.className = "quiet small";
    add.textContent = form.dataset.addRow ?? "";
    const legend = rows.querySelector("legend")?.textContent?.trim();
    if (legend) add.setAttribute("aria-label", `${add.textContent} : ${legend}`);
    add.addEventListener("click", () => {
      const row = addRow(rows);
      /** @type {HTMLElement | null | undefined} */ (row?.querySelector("input, textarea, select"))?.focus();
    });
    rows.append(add);
  }

  let timer = 0;
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = window.setTimeout(store, form.dataset.draftAccount === undefined ? 800 : 2000);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const button = event.submitter;
    const action = button instanceof HTMLButtonElement ? button.value : "";
    if (action === "telecharger") return;
    sending = true;
    if (!changed) return;
    keepHere();
    if (["publier", "proposer", "suggerer", "brouillon"].includes(action)) {
      // Published or refused, the answer holds the text; a draft that was sent is not offered again.
      try {
        const kept = JSON.parse(localStorage.getItem(key) ?? "null");
        localStorage.setItem(key, JSON.stringify({ ...kept, sent: true }));
      } catch {
        // Nothing was kept.
      }
    }
  });
  addEventListener("beforeunload", (event) => {
    if (changed && !sending) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    sending = false;
  });
  offer();
}

// A link to a field inside a fold opens the fold; what must be read first takes the focus.
const reveal = () => {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  if (target instanceof HTMLElement && target.closest("details, form")) {
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }
};
addEventListener("hashchange", reveal);
if (location.hash) reveal();
else /** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"))?.focus();
