import type { ExportedSequence } from "./exporting.ts";
import type { PlannedRecord } from "./planned.ts";
import {
  fieldFile,
  rulesetFile,
  type SequenceFileText,
  scheduleFile,
  sequenceFiles,
  templateFile,
} from "./printing.ts";

/** Sorted by their paths. */
export function presentExport({ key, model, ...shared }: ExportedSequence) {
  const files: SequenceFileText[] = [
    ...sequenceFiles(key, model),
    ...shared.schedules.map((one) => scheduleFile(one.key, one.model)),
    ...shared.rulesets.map((one) => rulesetFile(one.key, one.model)),
    ...shared.templates.map((one) => templateFile(one.key, one.model)),
    ...shared.fields.map((one) => fieldFile(one.key, one.model)),
  ];
  return { key, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

export function presentPlanned({ heldBecause, contacts, ...record }: PlannedRecord) {
  return {
    ...record,
    held_because: heldBecause,
    contacts: contacts && {
      in_sequence: contacts.inSequence,
      keep_version: contacts.keepVersion,
      move: contacts.move,
      by_step: contacts.byStep,
    },
  };
}
