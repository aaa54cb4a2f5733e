// The search page shows results while the reader types. The last word then also matches by its beginning.

import { filled, go } from "./live.js";

const PAUSE = 140;

export function start(begin) {
  const form = document.querySelector("form[data-search]");
  if (!form || form.dataset.started) return;
  form.dataset.started = "yes";
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => go(typed(form), begin, { quietly: true }), PAUSE);
  });
}

// The address of a search whose last word may be unfinished. A single letter is too short for a beginning: it is left out. Phrases and words with a star stay as they are.
export function typed(form) {
  const url = filled(form);
  const words = url.searchParams.get("q") ?? "";
  const isPhrase = (words.match(/["“”]/g) ?? []).length > 0 && /["“”][^"“”]*$/.test(words);
  if (isPhrase) return url;
  const begun = words.replace(/(?<=[^\p{L}\p{N}])[\p{L}\p{N}]$/u, "").replace(/[^\p{L}\p{N}*"”]+$/u, "");
  if (/[\p{L}\p{N}]{2}$/u.test(begun)) url.searchParams.set("q", `${begun}*`);
  return url;
}
