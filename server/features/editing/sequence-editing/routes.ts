import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import {
  presentEffectiveRules,
  presentSequence,
  presentShares,
  presentUpdatedSequence,
  presentWhole,
} from "../../sequences/sequences/present.ts";
import { findSequence, type SequenceRow, searchSequences } from "../../sequences/sequences/store.ts";
import { rulesOf, wholeOf, withCounts } from "../../sequences/sequences/whole.ts";
import { presentVersion } from "../sequence-versions/present.ts";
import { versionsInUse } from "../sequence-versions/store.ts";
import { cloneSequence } from "./clone.ts";
import {
  abortSequence,
  approveSequence,
  archiveSequence,
  createSequence,
  starSequence,
  updateSequence,
} from "./commands.ts";
import { breadcrumbs, type SearchInput, searchFrom } from "./search-input.ts";
import { permissionsWish, sequenceWishFrom } from "./sequence-input.ts";

export const routes = [
  route(contract.sequences.search, async ({ input, ...act }) => found(act, input)),
  route(contract.sequences.list, async ({ input, ...act }) => found(act, input)),

  route(contract.sequences.show, async ({ input, ...act }) => {
    const whole = await load(act, input.id);
    const rules = await rulesOf(act.db, act.caller.teamId, whole.sequence);
    const versions = await versionsInUse(act.db, act.caller.teamId, input.id);
    return {
      ...presentWhole(whole, act.caller.userId),
      effective_rules: presentEffectiveRules(rules),
      earlier_versions: versions.map(presentVersion),
    };
  }),

  route(contract.sequences.create, async ({ input, ...act }) => {
    const whole = await made(act, await createSequence(act, sequenceWishFrom(input)));
    return {
      ...presentWhole(whole, act.caller.userId),
      sharing_accesses: presentShares(whole.sequence),
      attachments: [],
      team: { id: act.caller.teamId, sequences_finder_empty: false },
    };
  }),

  route(contract.sequences.start, async ({ input, ...act }) => {
    // Without steps there is nothing to turn on: clients that ask for it here add the steps afterwards.
    const isActive = input.emailer_steps?.length ? input.active : undefined;
    const wish = { ...sequenceWishFrom(input), ...permissionsWish(input.permissions), isActive };
    const id = await createSequence(act, wish, { isPrefilled: true });
    return presentWhole(await made(act, id), act.caller.userId);
  }),

  route(contract.sequences.update, async ({ input, ...act }) => {
    const sequence = await updateSequence(act, input.id, {
      ...sequenceWishFrom(input),
      isForced: input.force,
      mode: input.edit_mode,
    });
    return presentUpdatedSequence(await wholeOf(act.db, act.caller.teamId, sequence), act.caller.userId);
  }),

  route(contract.sequences.change, async ({ input, ...act }) => {
    const wish = {
      ...sequenceWishFrom(input),
      ...permissionsWish(input.permissions),
      isForced: input.force,
      mode: input.edit_mode,
    };
    return { emailer_campaign: await shown(act, await updateSequence(act, input.id, wish)) };
  }),

  route(contract.sequences.approve, async ({ input, ...act }) => {
    await approveSequence(act, input.id);
    return switched(act, input.id);
  }),

  route(contract.sequences.abort, async ({ input, ...act }) => {
    await abortSequence(act, input.id);
    return switched(act, input.id);
  }),

  route(contract.sequences.archive, async ({ input, ...act }) => putAway(act, input.id)),
  route(contract.sequences.delete, async ({ input, ...act }) => putAway(act, input.id)),

  route(contract.sequences.clone, async ({ input, ...act }) =>
    presentWhole(await load(act, await cloneSequence(act, input.id, input.name)), act.caller.userId),
  ),

  route(contract.stars.starSequence, async ({ input, ...act }) => {
    await starSequence(act, input.id, true);
    return { emailer_campaign: await shown(act, await getVisible(act, input.id)) };
  }),

  route(contract.stars.unstarSequence, async ({ input, ...act }) => {
    await starSequence(act, input.id, false);
    return { emailer_campaign: await shown(act, await getVisible(act, input.id)) };
  }),
];

async function putAway(act: Act, id: string) {
  await archiveSequence(act, id);
  const sequence = await shown(act, await getVisible(act, id));
  return { emailer_campaign: { ...sequence, deleted: true as const } };
}

type Asking = Pick<Act, "db" | "caller">;

async function load(asking: Asking, id: string) {
  return wholeOf(asking.db, asking.caller.teamId, await getVisible(asking, id));
}

/** A user who makes a sequence for another may not see it from then on, and gets it once. */
async function made({ db, caller }: Asking, id: string) {
  const sequence = await findSequence(db, caller.teamId, id);
  if (!sequence) throw new Refusal("record_not_found");
  return wholeOf(db, caller.teamId, sequence);
}

async function switched(asking: Asking, id: string) {
  const { emailer_campaign, emailer_steps } = presentWhole(await load(asking, id), asking.caller.userId);
  return { emailer_campaign, emailer_steps };
}

async function shown({ db, caller }: Asking, sequence: SequenceRow) {
  const [counted] = await withCounts(db, caller.teamId, [sequence]);
  if (!counted) throw new Refusal("record_not_found");
  return presentSequence(counted, caller.userId);
}

async function found({ db, caller }: Asking, input: SearchInput) {
  const { page, per_page } = input;
  const viewer = { userId: caller.userId, isAdmin: caller.role === "admin" };
  const { sequences, total } = await searchSequences(db, caller.teamId, searchFrom(input, viewer));
  const counted = await withCounts(db, caller.teamId, sequences);
  return {
    pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
    breadcrumbs: breadcrumbs(input),
    emailer_campaigns: counted.map((one) => presentSequence(one, caller.userId)),
    num_fetch_result: null,
  };
}
