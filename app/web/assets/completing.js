// Fields for names. A long menu becomes a text that its names complete. In a list that is too long to have a menu, the
// search of the API completes the text.

const PAUSE = 140;
const MOST = 10;
const COUNT = / \((\d+)\)$/;

export function start() {
  for (const select of document.querySelectorAll("select[data-names]")) if (!select.hidden) completed(select);
}

// The menu stays in the form, hidden, and holds the id. Names are not always unique, so ids are sent.
function completed(select) {
  const names = [...select.options].filter((option) => option.value).map((option) => ({ option, name: option.text.replace(COUNT, ""), count: option.text.match(COUNT)?.[1] ?? "" }));
  const list = document.createElement("datalist");
  list.id = `of-${select.name}`;
  list.append(...names.map(({ name, count }) => Object.assign(document.createElement("option"), { value: name, textContent: count })));
  const field = document.createElement("input");
  Object.assign(field, { id: select.id, autocomplete: "off", placeholder: select.options[0].text, value: names.find(({ option }) => option.selected)?.name ?? "" });
  field.setAttribute("list", list.id);
  for (const name of ["aria-invalid", "aria-describedby"]) if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name));
  select.removeAttribute("id");
  select.hidden = true;
  select.before(field, list);
  field.addEventListener("input", (event) => {
    const text = field.value.trim();
    const found = names.find(({ name }) => name.toLowerCase() === text.toLowerCase());
    if (found) found.option.selected = true;
    else choose(select, text);
    if (found && event.inputType === "insertReplacementText") select.form.requestSubmit();
  });
}

// A text that is not in the menu is sent as it is. The API also knows aliases, and explains what it does not know.
function choose(select, text) {
  select.querySelector("[data-typed]")?.remove();
  select.value = "";
  if (!text) return;
  const option = new Option(text, text, false, true);
  option.dataset.typed = "";
  select.append(option);
}

let waiting = 0;
document.addEventListener("input", ({ target }) => {
  if (!target.matches("input[data-complete]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => complete(target), PAUSE);
});

async function complete(field) {
  const words = field.value.trim();
  if (!/[\p{L}\p{N}]{2}$/u.test(words)) return;
  const query = new URLSearchParams({ q: `${words}*`, limit: String(MOST), count: "none" });
  for (const kind of field.dataset.complete.split(" ")) query.append("kind", kind);
  const answer = await fetch(`/v1/search?${query}`);
  if (!answer.ok || field.value.trim() !== words) return;
  const { data } = await answer.json();
  field.list.replaceChildren(...data.map(({ id, name }) => Object.assign(document.createElement("option"), { value: id, textContent: name })));
}
