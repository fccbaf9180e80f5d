import type { Act } from "../../../app.ts";
import { mergeByMarks } from "../../../domain/basics/folding.ts";
import { newId } from "../../../kernel/ids.ts";
import { lockWorld } from "../../contacts/organizations/store.ts";
import * as store from "./store.ts";

/** Writes down open positions of companies that are there, in two statements however many they are. */
export async function saveJobPostings(
  { db, now, caller }: Pick<Act, "db" | "now" | "caller">,
  source: string,
  wishes: readonly store.JobPostingWish[],
) {
  if (wishes.length === 0) return;
  await lockWorld(db, caller.teamId);
  const { merged } = mergeByMarks(wishes, ({ externalId }) => (externalId === null ? [] : [externalId]));
  const rows = merged.map((wish) => ({ id: newId(), ...wish }));
  await store.writeJobPostings(db, caller.teamId, rows, source, now);
}
