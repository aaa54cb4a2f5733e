// The search of the search page answers as one types. Without this script its form is submitted.

import { filled, go } from "./live.js";

const PAUSE = 140;

export function start(begin) {
  const form = document.querySelector("form[data-search]");
  if (!form || form.dataset.started) return;
  form.dataset.started = "yes";
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => go(filled(form), begin, { quietly: true }), PAUSE);
  });
}
