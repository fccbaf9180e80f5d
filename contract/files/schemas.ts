// The JSON Schemas of the files, for editors. The server answers them under /schemas/, and they are in docs/schemas/.

import { z } from "zod";
import { sequenceFile } from "./sequence-file.ts";
import { fieldFile, mailHead, rulesetFile, scheduleFile, templateHead } from "./shared-files.ts";

const SCHEMAS = {
  sequence: { of: sequenceFile, title: "A sequence of Cadenza" },
  schedule: { of: scheduleFile, title: "A sending schedule of Cadenza" },
  ruleset: { of: rulesetFile, title: "A ruleset of Cadenza" },
  field: { of: fieldFile, title: "A custom field of Cadenza" },
  mail: { of: mailHead, title: "The head of an email of a sequence of Cadenza" },
  template: { of: templateHead, title: "The head of a template of Cadenza" },
} as const;

export type FileSchema = keyof typeof SCHEMAS;

export const fileSchemaNames = Object.keys(SCHEMAS) as FileSchema[];

export function fileSchema(name: FileSchema) {
  const { of, title } = SCHEMAS[name];
  const { $schema, ...schema } = z.toJSONSchema(of, { io: "input", unrepresentable: "any" });
  return { $schema, title, ...schema };
}
