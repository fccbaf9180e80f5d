// What hangs on contacts and is written with them: their own fields, and the lists they are on.

import type { Act } from "../../../app.ts";
import { type CheckedFields, checkFieldValues } from "../../../domain/contacts/custom-fields.ts";
import { holdFields, writeFieldValues } from "../../contacts/custom-fields/store.ts";
import { keepOn, putOn } from "../../contacts/labels/membership.ts";
import { ensureLabels, findLabels } from "../../contacts/labels/store.ts";
import type { ContactWrite } from "./contact-write.ts";

type Saying = Pick<ContactWrite, "fields" | "labelNames" | "labelIds">;

export async function takeFields(
  { db, caller }: Act,
  contacts: readonly { id: string }[],
  wishes: readonly Saying[],
) {
  const none: CheckedFields[] = [];
  if (!wishes.some(({ fields }) => fields && Object.keys(fields).length > 0)) return none;
  const definitions = await holdFields(db, caller.teamId, "contact");
  const checked = wishes.map(({ fields }) => checkFieldValues(definitions, fields ?? {}));
  const rows = contacts.map(({ id }, i) => ({ id, values: checked[i]?.values ?? [] }));
  await writeFieldValues(db, caller.teamId, "contact", rows);
  return checked;
}

/** Contacts that are to be on the same lists are put there together. Answers who was. */
export async function takeLabels(
  act: Act,
  contacts: readonly { id: string }[],
  wishes: readonly Saying[],
  how: "replace" | "add",
) {
  const groups = new Map<string, { wish: Saying; ids: string[] }>();
  for (const [i, wish] of wishes.entries()) {
    if (!saysLabels(wish)) continue;
    const key = JSON.stringify([wish.labelNames, wish.labelIds]);
    const group = groups.get(key) ?? { wish, ids: [] };
    groups.set(key, group);
    group.ids.push((contacts[i] as { id: string }).id);
  }
  for (const { wish, ids } of groups.values()) {
    const write = how === "replace" ? keepOn : putOn;
    await write(act, "contacts", await labelsFor(act, wish), ids);
  }
  return (i: number) => saysLabels(wishes[i] as Saying);
}

function saysLabels({ labelNames, labelIds }: Saying) {
  return labelNames !== undefined || labelIds !== undefined;
}

async function labelsFor(
  { db, now, caller }: Pick<Act, "db" | "now" | "caller">,
  { labelNames = [], labelIds = [] }: Saying,
) {
  const named = await ensureLabels(db, caller.teamId, "contacts", labelNames, caller.userId, now);
  if (labelIds.length === 0) return named;
  const known = await findLabels(db, caller.teamId, labelIds);
  return [...named, ...known.filter(({ modality }) => modality === "contacts").map(({ id }) => id)];
}
