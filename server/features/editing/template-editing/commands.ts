import type { Act } from "../../../app.ts";
import { mayEdit } from "../../../domain/identity/sharing.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { sightOf } from "../../access/sharing/sight.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { holdFolder } from "../../sequences/folders/store.ts";
import { findVisible, lockFor, sequenceViewerOf } from "../../sequences/sequences/finding.ts";
import { refuseUnsound } from "../../sequences/steps/soundness.ts";
import * as store from "../../sequences/templates/store.ts";
import { type EditMode, keptFor } from "../sequence-versions/keeping.ts";
import { blankTemplate, type TemplateWish, templateAfter } from "./write.ts";

export async function createTemplate(act: Act, wish: TemplateWish) {
  const { db, now, caller } = act;
  await refuseUnknownFolder(act, wish);
  const name = wish.name?.trim() || wish.subject?.trim() || "Untitled template";
  const template = templateAfter(blankTemplate(newId(), caller.userId), { ...wish, name });
  await store.saveTemplates(db, caller.teamId, [template], now);
  await tell(act, "template.created", template);
  return getTemplate(act, template.id);
}

/** Changes it for every step that uses it, which therefore must still be fit to send. */
export async function updateTemplate(act: Act, id: string, wish: TemplateWish, mode: EditMode) {
  const { db, now, caller } = act;
  await getTemplate(act, id);
  const sequences = [];
  for (const sequenceId of await store.sequencesUsing(db, caller.teamId, id))
    sequences.push(await lockSilently(act, sequenceId));
  const [template] = await store.lockTemplates(db, caller.teamId, [id]);
  if (!template) throw new Refusal("record_not_found");
  await refuseForbidden(act, template);
  await refuseUnknownFolder(act, wish);
  if (await store.isKept(db, caller.teamId, id)) throw new Refusal("version_is_kept");
  for (const sequence of sequences) await keptFor(act, sequence, mode);
  const next = templateAfter(template, wish);
  await store.saveTemplates(db, caller.teamId, [next], now);
  for (const sequence of sequences) await refuseUnsound(db, caller.teamId, sequence);
  await tell(act, "template.changed", next);
  return getTemplate(act, id);
}

export async function archiveTemplate(act: Act, id: string) {
  const { db, now, caller } = act;
  const template = await getTemplate(act, id);
  await refuseForbidden(act, template);
  await store.archiveTemplate(db, caller.teamId, id, now);
  if (!template.archivedAt) await tell(act, "template.archived", template);
  return getTemplate(act, id);
}

/** Back from the archive. */
export async function restoreTemplate(act: Act, id: string) {
  const { db, now, caller } = act;
  const template = await getTemplate(act, id);
  await refuseForbidden(act, template);
  if ((await store.restoreTemplate(db, caller.teamId, id, now)) > 0)
    await tell(act, "template.unarchived", template);
}

export async function starTemplate(act: Act, id: string, isStarred: boolean) {
  const { db, caller } = act;
  const template = await getTemplate(act, id);
  if (await store.setStar(db, caller.teamId, id, caller.userId, isStarred))
    await tell(act, isStarred ? "template.starred" : "template.unstarred", template);
  return getTemplate(act, id);
}

/** One's own, everybody's, or the mail of a sequence that one sees; otherwise it is not there. */
export async function getTemplate(act: Pick<Act, "db" | "caller">, id: string) {
  const template = await findTemplate(act, id);
  if (!template) throw new Refusal("record_not_found");
  return template;
}

/** Null where it is not there for the caller. */
export async function findTemplate(act: Pick<Act, "db" | "caller">, id: string) {
  const [template] = await store.findTemplates(act.db, act.caller.teamId, [id]);
  const unseen = template && (await sightOf(act, [{ type: "template", id }]));
  return template && unseen?.size === 0 ? template : null;
}

/** One's own, or the mail of sequences all of which one may change. */
async function refuseForbidden(act: Act, template: store.TemplateRow) {
  if (isOwn(act, template)) return;
  const used = await store.sequencesUsing(act.db, act.caller.teamId, template.id);
  const viewer = await sequenceViewerOf(act);
  const sequences = await Promise.all(used.map((id) => findVisible(act, id)));
  const mayChange = used.length > 0 && sequences.every((sequence) => sequence && mayEdit(sequence, viewer));
  if (!mayChange) throw new Refusal("template_not_permitted");
}

/** A user's own template may be used in a sequence they cannot change: the edit applies there too. */
async function lockSilently(act: Act, sequenceId: string) {
  const asAdmin = { db: act.db, caller: { ...act.caller, role: "admin" as const } };
  return lockFor(asAdmin, sequenceId, "edit");
}

function isOwn({ caller }: Pick<Act, "caller">, template: store.TemplateValues) {
  return caller.role === "admin" || template.userId === caller.userId;
}

async function refuseUnknownFolder({ db, caller }: Act, { folderId }: TemplateWish) {
  if (folderId && !(await holdFolder(db, caller.teamId, "templates", folderId)))
    throw new Refusal("folder_not_found", { id: folderId });
}

type Told =
  | "template.created"
  | "template.changed"
  | "template.archived"
  | "template.unarchived"
  | "template.starred"
  | "template.unstarred";

function tell(act: Act, type: Told, { id, name, subject }: store.TemplateValues) {
  return record(byCaller(act), {
    type,
    subject: { type: "template", id },
    data: { name: name ?? subject ?? "" },
  });
}
