// Makes a photo smaller before it is sent: a telephone's would take minutes on a weak network. The server would keep no more
// of it, and makes it anew in any case. Without this script the whole file is sent.

/** Files below this many bytes are sent as they are. */
const SMALL_BYTES = 500_000;
/** How good a JPEG is, of 1. */
const QUALITY = 0.9;

/**
 * Returns a photo no larger than is kept; the photo itself when that would save nothing.
 * @param {File} photo
 * @param {number} longest its longer side, in pixels
 */
async function smaller(photo, longest) {
  // Others may be see-through, or no picture at all.
  if (photo.type !== "image/jpeg" || photo.size <= SMALL_BYTES) return photo;
  // A photo lies as its head says unless it is told to stand.
  const seen = await createImageBitmap(photo, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest / Math.max(seen.width, seen.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(seen.width * scale);
  canvas.height = Math.round(seen.height * scale);
  canvas.getContext("2d")?.drawImage(seen, 0, 0, canvas.width, canvas.height);
  seen.close();
  /** @type {Blob | null} */
  const made = await new Promise((resolve) => { canvas.toBlob(resolve, photo.type, QUALITY); });
  if (!made || made.size >= photo.size) return photo;
  return new File([made], photo.name, { type: made.type, lastModified: photo.lastModified });
}

/**
 * Makes the photo chosen in an input smaller, and lets its form wait for that.
 * @param {HTMLInputElement} input
 */
function shrink(input) {
  const longest = Number(input.dataset.longest);
  /** @type {Promise<void> | null} */
  let working = null;
  input.addEventListener("change", () => {
    const photo = input.files?.[0];
    if (!photo) return;
    const work = smaller(photo, longest)
      .then((made) => {
        // Another may have been chosen meanwhile.
        if (input.files?.[0] !== photo) return;
        const files = new DataTransfer();
        files.items.add(made);
        input.files = files.files;
      })
      // What the browser cannot read, the server tells of.
      .catch(() => {})
      .finally(() => { if (working === work) working = null; });
    working = work;
  });
  input.form?.addEventListener("submit", (event) => {
    if (!working) return;
    event.preventDefault();
    const button = event.submitter;
    working.finally(() => input.form?.requestSubmit(button));
  });
}

for (const input of document.querySelectorAll("input[type=file][data-longest]")) {
  if (input instanceof HTMLInputElement) shrink(input);
}
