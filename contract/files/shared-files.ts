// What sequences share, as files: schedules, rulesets, templates and custom fields; and the head of a mail.

import { z } from "zod";
import { fieldModality, fieldType } from "../apollo/custom-fields.ts";
import * as fields from "../fields.ts";
import { ruleFile, stageFile } from "./sequence-file.ts";

const windows = z
  .array(z.tuple([fields.sized(5), fields.sized(5)]))
  .max(100)
  .optional()
  .describe('Such as [["08:30", "17:00"]]');

export const scheduleFile = z.strictObject({
  name: fields.name(),
  time_zone: fields.timeZone,
  use_contacts_time_zone: z.boolean().default(false),
  skip_holidays: z.boolean().default(false),
  hours: z.strictObject({
    monday: windows,
    tuesday: windows,
    wednesday: windows,
    thursday: windows,
    friday: windows,
    saturday: windows,
    sunday: windows,
  }),
});

export const rulesetFile = z.strictObject({
  name: fields.name(),
  rules: ruleFile.prefault({}),
  stage_changes: stageFile.prefault({}),
});

export const fieldFile = z.strictObject({
  name: fields.name(),
  of: fieldModality.describe("What has the field"),
  type: fieldType,
  max_length: z.int().min(1).max(100_000).nullable().default(null),
  options: z.array(fields.name()).max(1000).default([]).describe("Of a picklist"),
});

/** Between two lines of `---`, before the text of a mail. */
export const mailHead = z.strictObject({
  subject: fields.text(2000).default("").describe("Left empty in a reply, it is that of the first email"),
});

export const templateHead = z.strictObject({
  name: fields.name(300),
  subject: fields.text(2000).default(""),
  global: z.boolean().default(false).describe("Every user of the team may use it"),
});
