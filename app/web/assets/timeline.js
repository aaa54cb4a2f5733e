// The timeline: dragging over it zooms to a period; the keys +, -, 0 and the arrows move over it.

import { go } from "./live.js";

const KEYS = { "+": "closer", "=": "closer", "-": "further", ArrowLeft: "earlier", ArrowRight: "later", 0: "all" };

export function start(begin) {
  const figure = document.querySelector("[data-timeline]");
  if (!figure || figure.dataset.started) return;
  figure.dataset.started = "yes";
  const view = figure.querySelector(".wide");
  view.addEventListener("keydown", ({ key, target }) => {
    if (target === view && KEYS[key]) document.querySelector(`[data-move="${KEYS[key]}"]`)?.click();
  });
  brush(figure.querySelector(".wide > svg"), begin);
  remember(figure);
}

function brush(svg, begin) {
  const units = [...svg.querySelectorAll("a.unit")];
  let from = null;
  let to = null;
  const under = ({ clientX }) => units.find((unit) => {
    const { left, right } = unit.firstElementChild.getBoundingClientRect();
    return clientX >= left && clientX < right;
  });
  const show = () => {
    const [first, last] = [units.indexOf(from), units.indexOf(to)].sort((a, b) => a - b);
    units.forEach((unit, index) => unit.classList.toggle("within", from !== null && index >= first && index <= last));
  };
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button || event.target.closest("a.mark")) return;
    from = to = under(event) ?? null;
  });
  svg.addEventListener("pointermove", (event) => {
    if (from === null) return;
    to = under(event) ?? to;
    if (to !== from) show();
  });
  addEventListener("pointerup", () => {
    if (from !== null && to !== from) {
      const [first, last] = [from, to].sort((a, b) => units.indexOf(a) - units.indexOf(b));
      const url = new URL(first.href.baseVal, location.href);
      url.searchParams.set("date", `${first.dataset.unit}/${last.dataset.unit}`);
      svg.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
      go(url, begin);
    }
    from = to = null;
    show();
  });
}

// The choice of colours is not part of the query, so it is in the fragment of the address.
function remember(figure) {
  const chosen = location.hash.match(/^#colour=(\w+)$/)?.[1];
  const input = figure.querySelector(`[name="colour"][value="${chosen}"]`);
  if (input) input.checked = true;
  figure.addEventListener("change", ({ target }) => {
    if (target.name === "colour") history.replaceState(null, "", target.value === "kind" ? location.href.split("#")[0] : "#colour=class");
  });
}
