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

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
