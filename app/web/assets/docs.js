// The API explorer of /docs: Swagger UI over our own OpenAPI document.

import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-bundle.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// Swagger UI asks every parameter's example at once. Only what a route cannot do without is asked
// here; the other examples are told, one of them is enough for a first try.
function asExplorer(document) {
  for (const { get } of Object.values(document.paths)) {
    for (const parameter of get.parameters ?? []) {
      if (parameter.required || parameter.example === undefined) continue;
      parameter.description += ` Example: \`${[parameter.example].flat().join(",")}\``;
      delete parameter.example;
    }
  }
  return document;
}

const answer = await fetch("/openapi.json");
SwaggerUIBundle({
  spec: asExplorer(await answer.json()),
  dom_id: "#operations",
  deepLinking: true,
  tryItOutEnabled: true,
  filter: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  requestSnippetsEnabled: true,
  validatorUrl: null,
});
