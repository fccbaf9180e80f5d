import type { Act } from "../../app.ts";
import { Refusal } from "../../refusal.ts";
import { deleteOrphans, saveTemplates } from "../templates/store.ts";
import { composeTouch, gatherTemplates, type TouchWish } from "./compose.ts";
import { deleteTouches, saveTouches, type TouchRow } from "./store.ts";

/** The mails of some steps as they are to be: a step's list is its whole list. */
export async function writeTouches(
  act: Act,
  lists: readonly { stepId: string; wishes: readonly TouchWish[] }[],
  known: readonly TouchRow[],
) {
  const { db, now, caller } = act;
  const ofStep = (stepId: string) => known.filter((touch) => touch.stepId === stepId);
  const concerned = lists.flatMap(({ stepId }) => ofStep(stepId));
  const templates = await gatherTemplates(
    act,
    lists.flatMap(({ wishes }) => wishes),
    concerned,
  );
  const composed = lists.flatMap(({ stepId, wishes }) => {
    const unclaimed = new Map(ofStep(stepId).map((touch) => [touch.id, touch]));
    return wishes.map((wish) => {
      const touch = wish.id ? unclaimed.get(wish.id) : undefined;
      if (wish.id && !touch) throw new Refusal("touch_not_found", { id: wish.id });
      unclaimed.delete(wish.id ?? "");
      return composeTouch(act, stepId, touch ?? null, wish, templates);
    });
  });
  const written = composed.flatMap(({ template }) => (template ? [template] : []));
  const kept = new Set(composed.map(({ touch }) => touch.id));
  const gone = concerned.filter(({ id }) => !kept.has(id)).map(({ id }) => id);

  await saveTemplates(db, caller.teamId, [...new Map(written.map((one) => [one.id, one])).values()], now);
  await saveTouches(
    db,
    caller.teamId,
    composed.map(({ touch }) => touch),
    now,
  );
  await deleteTouches(db, caller.teamId, gone);
  await deleteOrphans(
    db,
    caller.teamId,
    concerned.map(({ templateId }) => templateId),
  );
}
