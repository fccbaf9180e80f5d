import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { deleteOrphans, saveTemplates } from "../../sequences/templates/store.ts";
import { deleteTouches, saveTouches, type TouchRow } from "../../sequences/touches/store.ts";
import {
  type ComposedTouch,
  composeTouch,
  gatherTemplates,
  type TouchWish,
  type VariantPosition,
} from "./touches-compose.ts";
import type { Pairing } from "./touches-pairs.ts";

/**
 * The mails of some steps as they are to be: a step's list is its whole list. Answers what was said of what goes with what; places are
 * those among the steps `idsInOrder`.
 */
export async function writeTouches(
  act: Act,
  lists: readonly { stepId: string; wishes: readonly TouchWish[] }[],
  known: readonly TouchRow[],
  inOrder: readonly string[] = [],
): Promise<Pairing> {
  const { db, now, caller } = act;
  const ofStep = (stepId: string) => known.filter((touch) => touch.stepId === stepId);
  const concerned = lists.flatMap(({ stepId }) => ofStep(stepId));
  const templates = await gatherTemplates(
    act,
    lists.flatMap(({ wishes }) => wishes),
    concerned,
  );
  const wished = lists.flatMap(({ stepId, wishes }) => {
    const unclaimed = new Map(ofStep(stepId).map((touch) => [touch.id, touch]));
    return wishes.map((wish) => {
      const touch = wish.id ? unclaimed.get(wish.id) : undefined;
      if (wish.id && !touch) throw new Refusal("touch_not_found", { id: wish.id });
      unclaimed.delete(wish.id ?? "");
      return { wish, ...composeTouch(act, stepId, touch ?? null, wish, templates) };
    });
  });
  const idAt = (place: VariantPosition) => touchAt(place, inOrder, wished, known);
  const composed = wished.map(({ wish: { goesWith }, touch, ...rest }) => ({
    ...rest,
    touch: goesWith ? { ...touch, goesWithTouchId: idAt(goesWith) } : touch,
  }));
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
  return saidOf(wished, composed);
}

/** Of a step of which nothing is said the mails are those it has. */
function touchAt(
  { step, variant }: VariantPosition,
  inOrder: readonly string[],
  wished: readonly ComposedTouch[],
  known: readonly TouchRow[],
) {
  const stepId = inOrder[step - 1];
  const own = wished.map(({ touch }) => touch).filter((touch) => touch.stepId === stepId);
  const touches = own.length > 0 ? own : known.filter((touch) => touch.stepId === stepId);
  const touch = touches[variant - 1];
  if (!touch) throw new Refusal("goes_with_not_found", { id: `${variant} of step ${step}` });
  return touch.id;
}

function saidOf(
  wished: readonly (ComposedTouch & { wish: TouchWish })[],
  composed: readonly ComposedTouch[],
): Pairing {
  const said = composed.filter((_, n) => {
    const { goesWith, goesWithTouchId } = wished[n]?.wish ?? {};
    return goesWith !== undefined || goesWithTouchId !== undefined;
  });
  return new Map(said.map(({ touch }) => [touch.id, touch.goesWithTouchId]));
}
