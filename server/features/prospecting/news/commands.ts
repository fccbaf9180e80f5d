import type { Act } from "../../../app.ts";
import { mergeByMarks } from "../../../domain/basics/folding.ts";
import { newId } from "../../../kernel/ids.ts";
import { lockWorld } from "../../contacts/organizations/store.ts";
import * as store from "./store.ts";

/** Writes down news of companies that are there, in one statement however many they are. */
export async function saveNews(
  { db, now, caller }: Pick<Act, "db" | "now" | "caller">,
  source: string,
  wishes: readonly store.ArticleWish[],
) {
  if (wishes.length === 0) return;
  await lockWorld(db, caller.teamId);
  const { merged } = mergeByMarks(wishes, ({ externalId }) => (externalId === null ? [] : [externalId]));
  await store.writeNews(
    db,
    caller.teamId,
    merged.map((wish) => ({ id: newId(), ...wish })),
    source,
    now,
  );
}
