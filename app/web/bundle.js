// Bundles styles and scripts into static/. Each file has a hash in its name; manifest.json maps sources to files.
// The new folder replaces the old one in one step, so a server never reads a half-written bundle.

import { build } from "esbuild";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const made = "static.new";

await rm(made, { recursive: true, force: true });
await mkdir(made);
const { metafile } = await build({
  entryPoints: ["assets/explorer.css", "assets/explorer.js", "assets/docs.css", "assets/docs.js", "assets/icon.svg", "assets/share.png"],
  outdir: made,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy", ".png": "copy" },
  legalComments: "linked",
  logLevel: "warning",
});

const manifest = {};
for (const [output, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
  const source = entryPoint ?? Object.keys(inputs)[0];
  if (source) manifest[path.basename(source)] = path.basename(output);
}
await writeFile(path.join(made, "licences.txt"), await licences());
await writeFile(path.join(made, "manifest.json"), JSON.stringify(manifest, null, 2));
await rm("static", { recursive: true, force: true });
await rename(made, "static");

// The licence of every package whose code is in the bundle.
async function licences() {
  const used = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) used.add(found[1]);
  }
  const parts = await Promise.all([...used].sort().map(async (name) => {
    const folder = path.join("node_modules", name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const text = await readFile(path.join(folder, "LICENSE"), "utf8").catch(() => "");
    return `${name} ${version} (${license})\n\n${text}`;
  }));
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}
