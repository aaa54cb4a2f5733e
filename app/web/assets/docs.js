// The API explorer of /docs: Swagger UI with our own OpenAPI document.

import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-bundle.js";

const FIRST = ["q", "date", "type", "actor", "limit", "format"];
const EXPORT_AND_PAGING = new Set(["sort", "cursor", "offset", "count", "facet", "facet_limit", "include", "expect_dataset", "fields"]);

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// Which group of folded parameters a parameter belongs to; null if it is always visible.
function groupOf({ name, required, in: place }) {
  if (required || place !== "query" || FIRST.includes(name)) return null;
  if (EXPORT_AND_PAGING.has(name)) return "output";
  return name.startsWith("has_") || /_(not|all)$/.test(name) ? "variants" : "filters";
}

const ORDER = [null, "filters", "variants", "output"];
const groups = new Map(); // `GET /v1/events` -> name of a parameter -> its group

// Swagger UI sends the example of every parameter. So examples of optional parameters become a part of the description.
function asExplorer(specification) {
  for (const [path, { get }] of Object.entries(specification.paths)) {
    const parameters = (get.parameters ?? []).map((each) => ({ ...resolved(specification, each) }));
    for (const parameter of parameters) describeExample(parameter);
    const rank = (each) => 10 * ORDER.indexOf(groupOf(each)) + (each.required ? -1 : FIRST.indexOf(each.name));
    get.parameters = parameters.sort((one, other) => rank(one) - rank(other));
    groups.set(`get ${path}`, new Map(get.parameters.map((each) => [each.name, groupOf(each)])));
  }
  return specification;
}

function resolved(specification, parameter) {
  return parameter.$ref ? specification.components.parameters[parameter.$ref.split("/").pop()] : parameter;
}

function describeExample(parameter) {
  const example = parameter.example ?? parameter.schema?.examples?.[0];
  if (parameter.required || example === undefined) return;
  parameter.description = `${parameter.description} Example: \`${[example].flat().join(",")}\``;
  delete parameter.example;
  if (parameter.schema?.examples) {
    parameter.schema = { ...parameter.schema };
    delete parameter.schema.examples;
  }
}

// Parameters that few requests need are folded, a group at a time.
const open = new Set();
const redraws = new Set();
let phrase = ""; // what the reader looks for: parameters that have it are visible, although their group is folded

function foldedRow(Original, { React }) {
  const titles = JSON.parse(document.querySelector("#explorer").dataset.groups);
  return function Row(props) {
    const [, redraw] = React.useReducer((count) => count + 1, 0);
    React.useEffect(() => {
      redraws.add(redraw);
      return () => redraws.delete(redraw);
    }, []);
    const [path, method] = props.pathMethod;
    const own = groups.get(`${method} ${path}`) ?? new Map();
    const name = props.rawParam.get("name");
    const group = own.get(name);
    if (!group) return React.createElement(Original, props);
    const members = [...own].filter(([, each]) => each === group).map(([each]) => each);
    const key = `${method} ${path} ${group}`;
    const toggle = () => {
      if (!open.delete(key)) open.add(key);
      for (const each of redraws) each();
    };
    const button = React.createElement("button", { type: "button", className: "group", "aria-expanded": open.has(key), onClick: toggle }, `${titles[group]} (${members.length})`);
    const head = members[0] === name && React.createElement("tr", null, React.createElement("td", { colSpan: 2 }, button));
    const isFound = phrase.length > 1 && name.includes(phrase);
    return React.createElement(React.Fragment, null, head, (open.has(key) || isFound) && React.createElement(Original, props));
  };
}

// The filter finds tags, paths, summaries and names of parameters. Swagger UI's own finds only tags.
function opsFilter(tagged, words) {
  const text = words.toLowerCase();
  const fits = (each) => {
    const operation = each.get("operation");
    const names = [...(operation.get("parameters") ?? [])].map((parameter) => parameter.get("name"));
    return [each.get("path"), operation.get("operationId"), operation.get("summary"), ...names].join(" ").toLowerCase().includes(text);
  };
  return tagged
    .map((each, tag) => (tag.toLowerCase().includes(text) ? each : each.set("operations", each.get("operations").filter(fits))))
    .filter((each) => each.get("operations").size);
}

// The samples of a request, with the texts that the page brings.
const JSON_TYPE = "application/json";
const SAMPLES = JSON.parse(document.querySelector("#explorer").dataset.samples);

function sample({ json, text }, request) {
  const url = request.get("url");
  const accepted = request.get("headers")?.get("accept") ?? "*/*";
  const format = new URL(url, location.href).searchParams.get("format");
  const isJson = (format ?? "json") === "json" && ["*/*", JSON_TYPE].includes(accepted);
  return (isJson ? json : text).replace("{url}", url).replace("{accept}", format ? "*/*" : accepted);
}

const plugin = {
  wrapComponents: { parameterRow: foldedRow },
  fn: { opsFilter, ...Object.fromEntries(SAMPLES.map((each) => [`requestSnippetGenerator_${each.name}`, (request) => sample(each, request)])) },
};

// Attributes that Swagger UI does not set, for the keyboard and for screen readers.
const ADDED = {
  ".filter-container": ["role", "search"],
  "pre.microlight, .model-box": ["tabindex", "0"],
  "select.examples-select-element": ["aria-label", "Example"],
};

function addAttributes(root) {
  for (const [selector, [name, value]] of Object.entries(ADDED)) {
    for (const each of root.querySelectorAll(selector)) if (each.getAttribute(name) !== value) each.setAttribute(name, value);
  }
}

// Swagger UI has a main element of its own, and a page may have only one. So the guide becomes a section.
function makeRoom() {
  const guide = document.createElement("section");
  guide.className = "guided";
  guide.id = "main";
  guide.tabIndex = -1;
  guide.setAttribute("aria-label", document.querySelector("h1").textContent);
  const main = document.querySelector("main");
  const layout = document.createElement("div");
  layout.className = "docs-layout";
  layout.append(document.querySelector(".sidebar"), guide);
  guide.append(...main.childNodes);
  main.replaceWith(layout);
  const after = document.createElement("div");
  const frame = document.querySelector("section.after");
  after.className = "after";
  after.append(...frame.childNodes);
  layout.append(after);
  frame.remove();
}

makeRoom();
const explorer = document.querySelector("#explorer");
new MutationObserver(() => addAttributes(explorer)).observe(explorer, { childList: true, subtree: true });

const answer = await fetch("/openapi.json");
const swagger = SwaggerUIBundle({
  spec: asExplorer(await answer.json()),
  dom_id: "#explorer",
  deepLinking: false, // its links are inside buttons, where screen readers cannot follow them
  tryItOutEnabled: true,
  filter: "",
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  requestSnippetsEnabled: true,
  requestSnippets: {
    generators: Object.fromEntries(SAMPLES.map(({ name, title }) => [name, { title, syntax: name === "curl" ? "bash" : "javascript" }])),
    languages: SAMPLES.map(({ name }) => name),
    defaultExpanded: true,
  },
  plugins: [plugin],
  validatorUrl: null,
});

// The sidebar opens operations, and finds them by their name, path or parameters.
const sidebar = document.querySelector(".sidebar");
const wide = matchMedia("(min-width: 75rem)");
sidebar.querySelector("details").open = wide.matches;
sidebar.querySelector(".finder").hidden = false;
for (const code of document.querySelectorAll(".samples code")) code.textContent = code.textContent.replace("http://127.0.0.1:8000", location.origin);

sidebar.addEventListener("click", (event) => {
  const item = event.target.closest("a")?.parentElement;
  if (!item?.dataset.operation) return;
  event.preventDefault();
  show(item.dataset);
});

function show({ tag, operation }) {
  swagger.layoutActions.show(["operations-tag", tag], true);
  swagger.layoutActions.show(["operations", tag, operation], true);
  const id = `operations-${tag.replaceAll(" ", "_")}-${operation}`;
  const reveal = () => {
    const block = document.getElementById(id);
    if (!block) return requestAnimationFrame(reveal);
    block.scrollIntoView();
    block.querySelector(".opblock-summary-control").focus({ preventScroll: true });
  };
  reveal();
}

sidebar.querySelector("input").addEventListener("input", ({ target }) => {
  phrase = target.value.trim().toLowerCase();
  for (const item of sidebar.querySelectorAll("[data-operation]")) {
    item.hidden = ![item.dataset.tag, item.dataset.operation, item.dataset.words].join(" ").toLowerCase().includes(phrase);
  }
  for (const section of sidebar.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
  swagger.layoutActions.updateFilter(phrase || true);
  for (const redraw of redraws) redraw();
});
