import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { presentProgress } from "../../events/progress/present.ts";
import type { ProgressRow } from "../../events/progress/store.ts";
import {
  addToLabels,
  changeLabel,
  changeMembersLater,
  createLabel,
  deleteLabel,
  removeFromLabels,
} from "./commands.ts";
import { presentLabel, presentLabelEntry } from "./present.ts";
import { type LabelRow, type Listed, listLabels } from "./store.ts";

export const routes = [
  route(contract.labels.list, async ({ db, caller }) =>
    (await listLabels(db, caller.teamId)).map(presentLabelEntry),
  ),

  route(contract.labels.create, async ({ input, ...act }) => {
    const name = readName(input.name);
    const label = await createLabel(act, {
      name,
      modality: readModality(input.modality),
      bookOfBusiness: input.book_of_business ?? null,
    });
    return { label: presentLabel(label) };
  }),

  route(contract.labels.update, async ({ input, ...act }) => {
    const change = { name: readName(input.name), bookOfBusiness: input.book_of_business };
    return { label: presentLabel(await changeLabel(act, input.id, change)) };
  }),

  route(contract.labels.delete, async ({ input, ...act }) => ({
    label: presentLabel(await deleteLabel(act, input.id)),
  })),

  route(contract.labels.addEntityIds, async ({ input, ...act }) => {
    const wish = readMembership(input);
    if (input.async) return presentStarted(await changeMembersLater(act, "add", wish));
    return presentChanged(await addToLabels(act, wish));
  }),

  route(contract.labels.removeEntityIds, async ({ input, ...act }) => {
    const wish = readMembership(input);
    if (input.async) return presentStarted(await changeMembersLater(act, "remove", wish));
    return presentChanged(await removeFromLabels(act, wish));
  }),
];

function readName(given: string | undefined) {
  const name = given?.trim();
  if (!name) throw new Refusal("label_name_empty");
  return name;
}

function readModality(given: string | undefined): Listed {
  if (!given?.trim()) throw new Refusal("label_modality_empty");
  if (given !== "contacts" && given !== "accounts") throw new Refusal("label_modality_invalid");
  return given;
}

// One published client says which kind it means under another name, and in the singular.
const KINDS: Record<string, Listed> = {
  contacts: "contacts",
  contact: "contacts",
  accounts: "accounts",
  account: "accounts",
};

function readMembership(input: z.output<typeof contract.labels.addEntityIds.input>) {
  const said = input.modality ?? input.entity_type ?? "";
  const modality = Object.hasOwn(KINDS, said) ? KINDS[said] : undefined;
  if (!modality) throw new Refusal("label_modality_unknown", { modality: said });
  return { modality, recordIds: input.entity_ids ?? [], labelNames: input.label_names ?? [] };
}

const NOTHING_TO_DO = { message: "No Models or Lists provided" };

function presentChanged(labels: readonly LabelRow[] | null) {
  return labels ? { labels: labels.map(presentLabel) } : NOTHING_TO_DO;
}

function presentStarted(progress: ProgressRow | null) {
  return progress ? presentProgress(progress) : NOTHING_TO_DO;
}
