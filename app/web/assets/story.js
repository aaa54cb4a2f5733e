// The story: dragging over the strip chooses a period; lines join the cards that answer, follow or amend one another.

import { go } from "./live.js";

const SVG = "http://www.w3.org/2000/svg";
const LEAST = 6;

export function start(begin) {
  const figure = document.querySelector("[data-strip]");
  if (figure && !figure.dataset.started) {
    figure.dataset.started = "yes";
    brush(figure.querySelector("svg"), begin);
  }
  const lanes = document.querySelector("[data-cards]");
  if (lanes && !lanes.dataset.started) {
    lanes.dataset.started = "yes";
    join(lanes);
  }
}

function brush(svg, begin) {
  const shade = svg.querySelector(".brush");
  const { first, last, target } = svg.dataset;
  const share = ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.min(Math.max((clientX - left) / width, 0), 0.9999);
  };
  const year = (part) => +first + Math.floor(part * (last - first + 1));
  let from = null;
  let start = 0;
  let dragged = false;
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    dragged = false;
    from = share(event);
    start = event.clientX;
  });
  svg.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const [low, high] = [from, share(event)].sort((a, b) => a - b);
    shade.setAttribute("x", `${low * 100}%`);
    shade.setAttribute("width", `${(high - low) * 100}%`);
  });
  const done = (event) => {
    if (from === null) return;
    const [low, high] = [from, share(event)].sort((a, b) => a - b);
    from = null;
    shade.setAttribute("width", 0);
    if (event.type === "pointercancel" || Math.abs(event.clientX - start) < LEAST) return;
    dragged = true;
    const url = new URL(target, location.href);
    url.searchParams.set("date", year(low) === year(high) ? edtf(year(low)) : `${edtf(year(low))}/${edtf(year(high))}`);
    go(url, begin);
  };
  svg.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
  }, { capture: true });
  svg.addEventListener("pointerup", done);
  svg.addEventListener("pointercancel", done);
  svg.addEventListener("pointerleave", done);
}

function edtf(year) {
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}`;
}

function join(lanes) {
  const pairs = [...lanes.querySelectorAll("a[data-join]")].map((link) => [document.getElementById(`card-${link.dataset.join}`), link.closest(".card")]);
  if (!pairs.length) return;
  const drawing = document.createElementNS(SVG, "svg");
  drawing.classList.add("lines");
  drawing.setAttribute("aria-hidden", "true");
  const lines = pairs.map(([before, after]) => {
    const path = drawing.appendChild(document.createElementNS(SVG, "path"));
    for (const card of [before, after]) {
      for (const [event, near] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) card.addEventListener(event, () => path.classList.toggle("near", near));
    }
    return path;
  });
  const draw = () => {
    const origin = lanes.getBoundingClientRect();
    pairs.forEach(([before, after], index) => lines[index].setAttribute("d", curve(before.getBoundingClientRect(), after.getBoundingClientRect(), origin)));
  };
  lanes.append(drawing);
  new ResizeObserver(draw).observe(lanes);
}

// From the lower edge of one card to the upper edge of the other, whichever is further down.
function curve(before, after, origin) {
  if (before.top < after.bottom && after.top < before.bottom) return beside(before, after, origin);
  const [upper, lower] = before.top <= after.top ? [before, after] : [after, before];
  const [x1, y1] = [upper.left + upper.width / 2 - origin.left, upper.bottom - origin.top];
  const [x2, y2] = [lower.left + lower.width / 2 - origin.left, lower.top - origin.top];
  const bend = Math.max(20, Math.abs(y2 - y1) / 2);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}

// Between the facing edges of two cards side by side.
function beside(before, after, origin) {
  const [left, right] = before.left <= after.left ? [before, after] : [after, before];
  return `M${left.right - origin.left} ${left.top + 30 - origin.top}L${right.left - origin.left} ${right.top + 30 - origin.top}`;
}
