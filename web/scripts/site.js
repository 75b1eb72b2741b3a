// Comfort only: every page works without it. Each part enhances one `data-…` hook.

document.documentElement.classList.add("js");

/**
 * Puts a button beside what is made to be copied; its words come with the page.
 * @param {HTMLElement} source
 */
function offerCopy(source) {
  const words = source.dataset.copy;
  if (!words || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copier";
  button.textContent = words;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const text = source instanceof HTMLTextAreaElement ? source.value : source.textContent ?? "";
    await navigator.clipboard.writeText(text.trim());
    button.textContent = source.dataset.copied ?? words;
    setTimeout(() => { button.textContent = words; }, 2500);
  });
  (source.closest("pre") ?? source).after(button);
}

for (const source of document.querySelectorAll("[data-copy]")) {
  if (source instanceof HTMLElement) offerCopy(source);
}

/**
 * Completes what is typed in a search field, with the words and titles of the commons.
 * @param {HTMLInputElement} input
 * @param {string} name
 */
function offerWords(input, name) {
  const list = document.createElement("datalist");
  list.id = name;
  input.after(list);
  input.setAttribute("list", name);
  input.setAttribute("autocomplete", "off");
  let waiting = 0;
  let asked = "";
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      const typed = input.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      const answer = await fetch(`/suggest?q=${encodeURIComponent(typed)}`).catch(() => null);
      if (!answer?.ok || input.value.trim() !== typed) return;
      const [, words] = await answer.json();
      list.replaceChildren(...words.map((/** @type {string} */ word) => {
        const option = document.createElement("option");
        option.value = word;
        return option;
      }));
    }, 150);
  });
}

for (const [place, input] of document.querySelectorAll("form.search input[name=q]").entries()) {
  if (input instanceof HTMLInputElement) offerWords(input, `mots-${place}`);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
