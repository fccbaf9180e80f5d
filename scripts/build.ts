// `npm run build` builds the web app and the help; `npm run build -- packages` what developers install.

import { buildPackages } from "./build-packages.ts";
import { buildSiteIfStale } from "./build-site.ts";
import { buildWebIfStale } from "./build-web.ts";
import { buildNode } from "./n8n/build.ts";
import { Sentence } from "./sentence.mjs";

const [wish = "web"] = process.argv.slice(2);
try {
  if (wish === "web") {
    await buildWebIfStale();
    await buildSiteIfStale();
  } else if (wish === "packages")
    for (const { name, folder } of [...buildPackages(), buildNode()]) console.log(`${name}  ${folder}`);
  else throw new Sentence("Usage: npm run build, or npm run build -- packages.");
} catch (error) {
  console.error(error instanceof Sentence ? error.message : error);
  process.exitCode = 1;
}
