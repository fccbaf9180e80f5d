import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { refuseOutOfReach, route, routeWithBefore } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { appliedFile } from "./applied-file.ts";
import { applyFiles } from "./commands.ts";
import { exportSequence } from "./exporting.ts";
import type { FilesRead } from "./files-input.ts";
import { findingsOf, previewsFor } from "./linting.ts";
import { plansAll } from "./planning-key.ts";
import { presentExport, presentPlanned } from "./printed-export.ts";
import { readSequenceFiles } from "./run-in-worker.ts";

const { sequences, schedules, rulesets, templates, customFields, contacts } = contract;

export const routes = [
  route(sequences.exportFiles, async ({ input, ...act }) =>
    presentExport(await exportSequence(act, input.id)),
  ),

  route(sequences.appliedFile, async ({ input, ...act }) => ({ applied: await appliedFile(act, input.id) })),

  routeWithBefore(
    sequences.importFiles,
    ({ input, caller }) => readSequenceFiles(caller.teamId, input.files),
    async ({ input, before: files, ...act }) => {
      refuseUnlessGranted(act, files, input.preview_contact_id ?? input.check_label_id);
      const plan = await applyFiles(act, files, { move: input.move, overwrite: input.overwrite });
      const previews = await shown(act, files, input.preview_contact_id);
      return {
        plan: plan.map(presentPlanned),
        has_changes: plan.some(({ verdict }) => verdict === "create" || verdict === "update"),
        held: plan.filter(({ verdict }) => verdict === "held").length,
        findings: await findingsOf(act, files, input.check_label_id ?? null),
        ...(act.isDryRun && { previews }),
      };
    },
  ),
];

async function shown(act: Act, files: FilesRead, contactId: string | undefined) {
  if (contactId === undefined) return [];
  const previews = await previewsFor(act, files, contactId);
  if (previews.length === 0 && hasMails(files)) throw new Refusal("record_not_found");
  return previews.map(({ mail, ...place }) => ({
    ...place,
    subject: mail.subject,
    body_text: mail.text,
    body_html: mail.html,
  }));
}

/**
 * A key that may apply sequences does not thereby change schedules: each kind in the files needs its own permission, and so do the
 * values of a contact, or of a list's contacts. The permission to plan stands for all kinds of records. */
function refuseUnlessGranted(act: Act, files: FilesRead, contactsShown: string | undefined) {
  const writes = plansAll(act) ? [] : writesOf(files);
  for (const endpoint of [...writes, ...(contactsShown === undefined ? [] : [contacts.get])])
    refuseOutOfReach(act.caller, endpoint as unknown as Parameters<typeof refuseOutOfReach>[1]);
}

function writesOf(files: FilesRead) {
  return [
    ...(files.sequences.length > 0 ? [sequences.create, sequences.update] : []),
    ...(files.schedules.length > 0 ? [schedules.create, schedules.update] : []),
    ...(files.rulesets.length > 0 ? [rulesets.create, rulesets.update] : []),
    ...(files.templates.length > 0 ? [templates.create, templates.update] : []),
    ...(files.fields.length > 0 ? [customFields.create, customFields.update] : []),
  ];
}

function hasMails({ sequences }: FilesRead) {
  return sequences.some(({ model }) => model.steps.some(({ variants }) => variants.length > 0));
}
