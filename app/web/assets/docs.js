// The API explorer of /docs: Swagger UI over our own OpenAPI document.

import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-bundle.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// Swagger UI fills in the parameters that a route requires. The examples of the others stand in their schemas, which it
// does not show, so they are added to the descriptions.
function withExamples(document) {
  const own = Object.values(document.paths).flatMap(({ get }) => get.parameters);
  for (const parameter of [...own, ...Object.values(document.components.parameters)]) {
    const [example] = parameter.schema?.examples ?? [];
    if (parameter.required || example === undefined) continue;
    parameter.description += ` Example: \`${[example].flat().join(",")}\``;
  }
  return document;
}

// What Swagger UI leaves out for the keyboard and for screen readers.
const MENDED = {
  ".filter-container": ["role", "search"],
  "pre.microlight, .model-box": ["tabindex", "0"],
  "select.examples-select-element": ["aria-label", "Example"],
};

function mend(root) {
  for (const [selector, [name, value]] of Object.entries(MENDED)) {
    for (const each of root.querySelectorAll(selector)) if (each.getAttribute(name) !== value) each.setAttribute(name, value);
  }
}

// The explorer is a main part itself, so the guide becomes a part beside it, and its frame none.
function makeRoom() {
  const guide = document.createElement("section");
  guide.className = "guided";
  guide.id = "main";
  guide.tabIndex = -1;
  guide.setAttribute("aria-label", "Guide");
  const main = document.querySelector("main");
  guide.append(...main.childNodes);
  main.replaceWith(guide);
  const after = document.createElement("div");
  const frame = document.querySelector("section.after");
  after.className = "after";
  after.append(...frame.childNodes);
  frame.replaceWith(after);
}

makeRoom();
const explorer = document.querySelector("#explorer");
new MutationObserver(() => mend(explorer)).observe(explorer, { childList: true, subtree: true });

const answer = await fetch("/openapi.json");
SwaggerUIBundle({
  spec: withExamples(await answer.json()),
  dom_id: "#explorer",
  deepLinking: false, // its links stand within buttons, where readers of screens cannot follow them
  tryItOutEnabled: true,
  filter: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  requestSnippetsEnabled: true,
  validatorUrl: null,
});
