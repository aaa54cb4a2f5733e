// Writes edtf_js.json: the bounds that edtf.js gives the texts of test_edtf.py, one a line on stdin.
// In a folder where `npm install edtf@4.11.1` was run, with a copy of this file:
//   node edtf_js.mjs < texts.txt > edtf_js.json
import edtf from "edtf";
import { readFileSync } from "node:fs";

const types = ["Date", "Year", "Decade", "Century", "Season", "Interval", "Set", "List"];

function day(moment) {
  if (moment === null || !Number.isFinite(moment)) return null;
  return new Date(moment).toISOString().split("T")[0].replace(/^([+-])00/, "$1").replace("+", "");
}

function bounds(text) {
  try {
    const found = edtf(text, { level: 2, types });
    return [day(found.min), day(found.max)];
  } catch {
    return null;
  }
}

const texts = readFileSync(0, "utf8").trim().split("\n");
const lines = texts.map((text) => `${JSON.stringify(text)}: ${JSON.stringify(bounds(text))}`);
console.log(`{\n${lines.join(",\n")}\n}`);
