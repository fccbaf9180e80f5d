import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { retentionRules } from "../../removal/retention/commands.ts";
import { sectionsOf } from "./sections.ts";
import * as store from "./store.ts";

const NOTHING_SAID: store.OwnWords = {
  controller: "",
  dataProtectionOfficer: "",
  purposes: "",
  transfers: "",
  securityMeasures: "",
  lawfulBasisFieldId: null,
};

export async function processingRecord(act: Pick<Act, "db" | "caller">) {
  const { db } = act;
  const { teamId } = act.caller;
  const own = await store.findOwnWords(db, teamId);
  const words = own ?? NOTHING_SAID;
  const counts = await store.countKept(db, teamId);
  if (!counts) throw new Error("counting answered no row");
  const basisId = words.lawfulBasisFieldId;
  const sections = sectionsOf({
    words,
    counts,
    fields: await store.customFieldNames(db, teamId),
    sources: await store.contactsBySource(db, teamId),
    bases: basisId === null ? null : await store.contactsByBasis(db, teamId, basisId),
    recipients: await store.listRecipients(db, teamId),
    kept: await retentionRules(act),
  });
  return { words, updatedAt: own?.updatedAt ?? null, sections };
}

export async function changeProcessingRecord(act: Act, change: Partial<store.OwnWords>) {
  const { db, caller, now } = act;
  const before = (await store.findOwnWords(db, caller.teamId)) ?? NOTHING_SAID;
  const fieldId = change.lawfulBasisFieldId;
  if (fieldId && !(await store.isPicklistOfContacts(db, caller.teamId, fieldId)))
    throw new Refusal("lawful_basis_field_unfit");
  await store.writeOwnWords(db, caller.teamId, { ...before, ...change }, { userId: caller.userId, now });
  await record(byCaller(act), {
    type: "processing_record.changed",
    subject: { type: "team", id: caller.teamId },
  });
  return processingRecord(act);
}
