// Writes the files that are made from code, or with --check says which of them no longer match it.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./packages.mjs";

type Generated = { path: string; produce: () => Promise<string> };

// Sources are loaded when needed, so that one that is broken or missing is named beside the file it should make.
const onlyCheck = process.argv.includes("--check");

const GENERATED: Generated[] = [
  {
    path: "docs/openapi.json",
    produce: async () => {
      const { buildOpenApi } = await import("../contract/openapi.ts");
      const { printOpenApi } = await import("./print-openapi.ts");
      return printOpenApi(buildOpenApi());
    },
  },
  ...["sequence", "schedule", "ruleset", "field", "mail", "template"].map((name) => ({
    path: `docs/schemas/${name}.json`,
    produce: async () => {
      const { fileSchema, fileSchemaNames } = await import("../contract/index.ts");
      const { printOpenApi } = await import("./print-openapi.ts");
      const known = fileSchemaNames.find((one) => one === name);
      if (!known) throw new Error(`there is no schema ${name}`);
      return printOpenApi(fileSchema(known));
    },
  })),
  {
    path: "docs/sbom.cdx.json",
    produce: async () => {
      const { sbomFile } = await import("./sbom.ts");
      return sbomFile();
    },
  },
  {
    path: "sdk/addresses.ts",
    produce: async () => {
      const { addressesFile } = await import("./addresses.ts");
      return addressesFile();
    },
  },
  {
    path: "sdk/shapes.ts",
    produce: async () => {
      const { shapesFile } = await import("./shapes.ts");
      return shapesFile();
    },
  },
  {
    path: "sdk/records.ts",
    produce: async () => {
      const { recordsFile } = await import("./shapes.ts");
      return recordsFile();
    },
  },
  {
    path: "cli/commands.ts",
    produce: async () => {
      const { commandsFile } = await import("./commands.ts");
      return commandsFile();
    },
  },
  {
    path: "n8n/nodes/Cadenza/made/calls.ts",
    produce: async () => {
      const { callsFile } = await import("./n8n/calls.ts");
      return callsFile();
    },
  },
  {
    path: "n8n/nodes/Cadenza/made/forms.ts",
    produce: async () => {
      const { formsFile } = await import("./n8n/calls.ts");
      return formsFile();
    },
  },
  {
    path: "n8n/nodes/Cadenza/made/properties.ts",
    produce: async () => {
      const { propertiesFile } = await import("./n8n/properties.ts");
      return propertiesFile();
    },
  },
  {
    path: "n8n/nodes/Cadenza/made/adding.ts",
    produce: async () => {
      const { addingFile } = await import("./n8n/copies.ts");
      return addingFile();
    },
  },
  {
    path: "n8n/nodes/Cadenza/made/pages.ts",
    produce: async () => {
      const { pagesFile } = await import("./n8n/copies.ts");
      return pagesFile();
    },
  },
  {
    path: "n8n/nodes/Cadenza/made/events.ts",
    produce: async () => {
      const { eventsFile } = await import("./n8n/copies.ts");
      return eventsFile();
    },
  },
  {
    path: "docs/operate/configuration.md",
    produce: async () => {
      const { configurationPage } = await import("../server/kernel/settings.ts");
      return configurationPage();
    },
  },
  {
    path: "docs/operate/metrics.md",
    produce: async () => {
      const { metricsPage } = await import("../server/kernel/metrics-page.ts");
      return metricsPage();
    },
  },
  {
    path: "docs/guides/variables.md",
    produce: async () => {
      const { variablesPage } = await import("../server/domain/templates/variables-page.ts");
      return variablesPage();
    },
  },
  {
    path: "docs/guides/why.md",
    produce: async () => {
      const { whyPage } = await import("../server/features/insight/fixes/why-page.ts");
      return whyPage();
    },
  },
  {
    path: "docs/apollo/moving.md",
    produce: async () => {
      const { skipTable } = await import("../server/domain/enrollments/skip-table.ts");
      const { fillSection } = await import("./fill-section.ts");
      return fillSection("docs/apollo/moving.md", "## Skip reasons", skipTable());
    },
  },
  {
    path: "docs/api/errors.md",
    produce: async () => {
      const { errorTables } = await import("../contract/error-tables.ts");
      const { fillSection } = await import("./fill-section.ts");
      return fillSection("docs/api/errors.md", "## All codes", errorTables());
    },
  },
  {
    path: "web/language/texts.json",
    produce: async () => {
      const { screenTextsFile } = await import("./catalogs.ts");
      return screenTextsFile();
    },
  },
  {
    path: "server/language/texts.json",
    produce: async () => {
      const { serverTextsFile } = await import("./catalogs.ts");
      return serverTextsFile();
    },
  },
  {
    path: "web/language/offered.ts",
    produce: async () => {
      const { offeredFile, withheldLanguages } = await import("./catalogs.ts");
      const preview = process.argv.indexOf("--preview");
      for (const why of onlyCheck ? [] : withheldLanguages()) console.log(why);
      return offeredFile(preview < 0 ? [] : process.argv.slice(preview + 1));
    },
  },
];

for (const generated of GENERATED) {
  try {
    await treat(generated);
  } catch (error) {
    fail(`${generated.path} could not be produced: ${error instanceof Error ? error.message : error}`);
  }
}

async function treat({ path, produce }: Generated) {
  const file = join(ROOT, path);
  const text = await produce();
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  if (onlyCheck) return fail(`${path} is stale: run npm run generate and commit it.`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`Wrote ${path}.`);
}

function fail(sentence: string) {
  console.error(sentence);
  process.exitCode = 1;
}
