// Buttons that save a chart as a picture. The picture is one SVG with all its styles, a title and the source.

const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "font-size", "font-weight", "font-style", "font-family", "text-anchor", "paint-order"];
const EDGE = 20;
const HEAD = 46;
const FOOT = 40;
const LINE = 24;
const STRIP_WIDTH = 1160;

export function start() {
  if (!document.querySelector("[data-chart]")) return;
  for (const button of document.querySelectorAll("[data-picture]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-picture]");
  const chart = button && document.querySelector("[data-chart]");
  if (!chart) return;
  const picture = framed(drawn(chart), chart);
  const text = new XMLSerializer().serializeToString(picture);
  const blob = button.dataset.picture === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await painted(text, picture, +button.dataset.width);
  save(blob, `${location.pathname.split("/").pop() || "timeline"}.${button.dataset.picture}`);
});

function make(name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

// A copy of a drawing in which each element has its computed style, because the style sheet is not part of the picture.
function copyOf(svg) {
  const copy = svg.cloneNode(true);
  const elements = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((element, index) => {
    const style = getComputedStyle(elements[index]);
    for (const name of STYLES) if (style.getPropertyValue(name)) element.setAttribute(name, style.getPropertyValue(name));
  });
  for (const link of copy.querySelectorAll("a")) link.replaceWith(Object.assign(make("g", { transform: link.getAttribute("transform") ?? "" }), { innerHTML: link.innerHTML }));
  const { width, height } = svg.viewBox.baseVal ?? {};
  if (width) return { content: [...copy.childNodes], width, height };
  // Without a view box, positions are percentages of the drawing.
  const size = { width: STRIP_WIDTH, height: svg.clientHeight };
  const inner = make("svg", size);
  inner.append(...copy.childNodes);
  return { content: [inner], ...size };
}

function drawn(chart) {
  if ("strip" in chart.dataset) return withCards(copyOf(chart.querySelector("svg")));
  const svg = chart.querySelector(".wide > svg");
  return svg ? copyOf(svg) : bars(chart);
}

// The strip, and below it each card with a date in one line.
function withCards({ content, width, height }) {
  const lines = [...document.querySelectorAll(".card")].filter((card) => card.querySelector(".card-date time"));
  const texts = lines.flatMap((card, index) => {
    const y = height + (index + 1) * LINE;
    const color = getComputedStyle(card).getPropertyValue("--lane");
    return [
      make("rect", { x: 0, y: y - 13, width: 6, height: 16, fill: resolved(color) }),
      make("text", { x: 16, y }, card.querySelector(".card-date time").textContent),
      make("text", { x: 230, y, "font-weight": 600 }, card.querySelector("h4").textContent.trim()),
    ];
  });
  return { content: [...content, ...texts], width, height: height + (lines.length + 1) * LINE };
}

// A colour of the style sheet, which may depend on the theme, as the browser paints it.
function resolved(color) {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = color;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

// A table with bars as a drawing: the text of each row, its bar, its value.
function bars(chart) {
  const color = getComputedStyle(chart.querySelector("rect")).fill;
  const content = [...chart.querySelectorAll("tbody tr")].flatMap((row, index) => {
    const y = index * 26;
    const length = +(row.querySelector("rect")?.getAttribute("width") ?? 0);
    const name = [row.querySelector("th")?.textContent, row.querySelector(".period")?.textContent].filter(Boolean).join(", ");
    return [
      make("text", { x: 0, y: y + 16 }, name.replace(/\s+/g, " ").trim()),
      make("rect", { x: 480, y: y + 4, width: length * 4, height: 16, fill: color }),
      make("text", { x: 890, y: y + 16 }, row.querySelector(".number").textContent),
    ];
  });
  return { content, width: 1040, height: chart.querySelectorAll("tbody tr").length * 26 };
}

function framed({ content, width, height }, chart) {
  const [full, tall] = [width + 2 * EDGE, height + HEAD + FOOT];
  const page = getComputedStyle(document.documentElement);
  const picture = make("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${full} ${tall}`, width: full, height: tall, "font-family": "Source Sans 3, sans-serif", "font-size": 13, fill: page.color });
  const body = make("g", { transform: `translate(${EDGE} ${HEAD})` });
  body.append(...content);
  const source = document.querySelector("footer .cite")?.textContent ?? "";
  picture.append(
    make("rect", { width: full, height: tall, fill: page.backgroundColor }),
    make("text", { x: EDGE, y: 30, "font-size": 20, "font-weight": 600 }, chart.dataset.title ?? document.querySelector("h1").textContent),
    body,
    make("text", { x: EDGE, y: tall - 14, "font-size": 11 }, `${source} ${location.href}`),
  );
  return picture;
}

async function painted(text, picture, width) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.round((width * picture.getAttribute("height")) / picture.getAttribute("width"));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
