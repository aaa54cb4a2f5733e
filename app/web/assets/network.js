// The network: a simulation finds better positions than the server's spiral. Pointing at an actor shows its links.

import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const STEPS = 320;

function start() {
  const network = document.querySelector("[data-network]");
  if (!network || network.dataset.started) return;
  network.dataset.started = "yes";
  const svg = network.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  const nodes = [...svg.querySelectorAll(".node")].map((element) => {
    const { e: x, f: y } = element.transform.baseVal[0].matrix;
    return { element, id: element.dataset.id, radius: +element.dataset.radius, x, y };
  });
  const lines = [...svg.querySelectorAll("line")].map((element) => {
    const { one: source, other: target, rows } = element.dataset;
    return { element, source, target, rows: +rows };
  });
  place(nodes, lines, width, height);
  draw(nodes, lines);
  document.fonts.ready.then(() => label(nodes));
  point(network, nodes, lines);
}

function place(nodes, lines, width, height) {
  const simulation = forceSimulation(nodes)
    .force("links", forceLink(lines).id((node) => node.id).distance(95).strength((line) => Math.min(0.6, 0.04 * line.rows)))
    .force("apart", forceManyBody().strength(-420))
    .force("room", forceCollide((node) => node.radius + 30))
    .force("middle", forceCenter(width / 2, height / 2))
    .force("x", forceX(width / 2).strength(0.045))
    .force("y", forceY(height / 2).strength(0.085))
    .stop();
  for (let step = 0; step < STEPS; step += 1) simulation.tick();
  fit(nodes, "x", 75, width - 75);
  fit(nodes, "y", 28, height - 40);
}

// Spread the positions over the whole canvas.
function fit(nodes, axis, least, most) {
  const places = nodes.map((node) => node[axis]);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  if (last === first) return;
  for (const node of nodes) node[axis] = least + ((node[axis] - first) / (last - first)) * (most - least);
}

function draw(nodes, lines) {
  for (const { element, x, y } of nodes) element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  for (const { element, source, target } of lines) {
    element.setAttribute("x1", source.x.toFixed(1));
    element.setAttribute("y1", source.y.toFixed(1));
    element.setAttribute("x2", target.x.toFixed(1));
    element.setAttribute("y2", target.y.toFixed(1));
  }
}

// Names that would cover each other are moved above the actor; only if that is not enough, the smaller actor has none.
function label(nodes) {
  const kept = [];
  for (const { element, x, y, radius } of [...nodes].sort((one, other) => other.radius - one.radius)) {
    const text = element.querySelector("text");
    const { width, height } = text.getBBox();
    const below = { left: x - width / 2, right: x + width / 2, top: y + radius, bottom: y + radius + height };
    const above = { ...below, top: y - radius - height, bottom: y - radius };
    const free = [below, above].find((box) => !kept.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top));
    text.setAttribute("y", free === above ? -radius - 4 : radius + 12);
    element.classList.toggle("unlabelled", !free);
    if (free) kept.push(free, { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }
}

function point(network, nodes, lines) {
  const show = (id) => {
    const near = new Set([id]);
    for (const { element, source, target } of lines) {
      const touches = source.id === id || target.id === id;
      element.classList.toggle("near", touches);
      if (touches) near.add(source.id).add(target.id);
    }
    for (const node of nodes) node.element.classList.toggle("near", near.has(node.id));
    network.classList.toggle("chosen", id !== null);
  };
  for (const { element, id } of nodes) {
    for (const name of ["pointerenter", "focus"]) element.addEventListener(name, () => show(id));
    for (const name of ["pointerleave", "blur"]) element.addEventListener(name, () => show(null));
  }
}

start();
new MutationObserver(start).observe(document.querySelector("main"), { childList: true });
