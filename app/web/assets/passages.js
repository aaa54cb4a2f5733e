// The document: a click on a sentence shows beside the text what the sentence proves. Without the script, the sentence is
// a link to a page with the same content.

const known = document.querySelector("#known");
let chosen = null;

export function start() {
  if (!known) return;
  document.querySelector(".text").addEventListener("click", (event) => {
    const passage = event.target.closest("a.passage");
    if (!passage || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    choose(passage, true);
  });
  addEventListener("keydown", (event) => event.key === "Escape" && close());
  addEventListener("hashchange", chooseByAddress);
  chooseByAddress();
}

function chooseByAddress() {
  const passage = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (passage?.matches("a.passage")) choose(passage, false);
}

async function choose(passage, moved) {
  const answer = await fetch(`/v1/passages/${passage.id}`);
  if (!answer.ok) return location.assign(passage.href);
  const { data } = await answer.json();
  chosen?.classList.remove("chosen");
  chosen = passage;
  passage.classList.add("chosen");
  if (moved) history.replaceState(null, "", `#${passage.id}`);
  known.replaceChildren(head(data), data.cited_by.length ? list(data.cited_by) : element("p", "fine", passage.title));
  known.hidden = false;
  known.scrollIntoView({ block: "nearest" });
}

function close() {
  known.hidden = true;
  chosen?.classList.remove("chosen");
  chosen?.focus();
}

function head(passage) {
  const header = document.createElement("header");
  const button = element("button", "close", "×");
  button.type = "button";
  button.setAttribute("aria-label", known.dataset.close);
  button.addEventListener("click", close);
  header.append(element("h2", "", passage.cited_by.length ? known.dataset.proves : known.dataset.provesNothing), button);
  return header;
}

function list(rows) {
  const found = document.createElement("ul");
  for (const row of rows) {
    const link = element("a", "", row.name);
    link.href = `/${PATHS[row.kind]}/${row.id}`;
    const item = document.createElement("li");
    item.append(element("span", `kind k-${row.kind}`, row.kind.replace("-", " ")), link, element("q", "", row.exact));
    found.append(item);
  }
  return found;
}

const PATHS = JSON.parse(known?.dataset.paths ?? "{}");

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
