// Links and forms with data-live change the page in place: the script fetches the page of the new address and replaces the
// main part. The address and the history work as without the script.

let requests = 0;

export function start(begin) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-live]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button || event.defaultPrevented) return;
    event.preventDefault();
    go(new URL(addressOf(link), location.href), begin);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-live]")) return;
    event.preventDefault();
    go(filled(event.target), begin);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("form.filters select")) target.form.requestSubmit();
  });
  addEventListener("popstate", () => go(new URL(location.href), begin, { keep: true }));
}

export function addressOf(link) {
  return link.href.baseVal ?? link.href;
}

// The address of a filled form, without its empty fields.
export function filled(form) {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value.trim()) url.searchParams.append(name, value.trim());
  return url;
}

// `quietly`: the reader is still typing, so the focus stays and the history gets no new entry.
export async function go(url, begin, { keep = false, quietly = false } = {}) {
  const mine = ++requests;
  document.documentElement.classList.add("loading");
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== requests) return;
    if (!keep) history[quietly ? "replaceState" : "pushState"](null, "", answer.url);
    document.title = page.title;
    replace(page, quietly);
    begin();
  } catch {
    location.assign(url);
  } finally {
    if (mine === requests) document.documentElement.classList.remove("loading");
  }
}

function replace(page, quietly) {
  const focused = document.activeElement;
  const hadFocus = focused && focused !== document.body;
  const { id, dataset: { unit } = {} } = focused ?? {};
  const colour = document.querySelector('[name="colour"]:checked')?.value;
  if (quietly) {
    for (const part of document.querySelectorAll("[data-answer]")) part.replaceWith(page.querySelector("[data-answer]"));
    return;
  }
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  const same = document.querySelector(`[name="colour"][value="${colour}"]`);
  if (same) same.checked = true;
  if (!hadFocus || focused.isConnected) return;
  const next = (id && document.getElementById(id)) || (unit && document.querySelector(`[data-unit="${unit}"]`));
  (next || document.querySelector(".timeline .wide") || document.querySelector("main")).focus({ preventScroll: true });
}
