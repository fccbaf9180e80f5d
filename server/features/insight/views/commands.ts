import type { Act } from "../../../app.ts";
import { mayChangeView } from "../../../domain/identity/permissions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { holdNamed } from "../../access/uses/holding-store.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { readDefinition } from "../reports/report-input.ts";
import * as store from "./store.ts";

export async function saveView<Subject extends string>(
  act: Act,
  wish: store.ViewWords & { subject: Subject },
): Promise<store.ViewRow<Subject>> {
  refuseUnsound(wish);
  const { db, now, caller } = act;
  await holdNamed(db, caller.teamId, wish.filter);
  const view = { ...wish, id: newId(), userId: caller.userId, createdAt: now };
  if (!(await store.insertView(db, caller.teamId, view))) throw nameTaken(wish.name);
  await tell(act, "view.created", view);
  return { ...view, updatedAt: now };
}

export async function changeView(act: Act, id: string, change: Partial<store.ViewWords>) {
  const { db, now, caller } = act;
  const view = await changeable(act, id);
  const next = { ...view, ...change, updatedAt: now };
  refuseUnsound(next);
  if (change.filter) await holdNamed(db, caller.teamId, change.filter);
  if (!(await store.updateView(db, caller.teamId, next, now))) throw nameTaken(next.name);
  await tell(act, "view.changed", next);
  return next;
}

export async function deleteView(act: Act, id: string) {
  const view = await changeable(act, id);
  await refuseWhileUsed(act, "saved_views", view);
  await store.deleteView(act.db, act.caller.teamId, id);
  await tell(act, "view.deleted", view);
}

async function changeable({ db, caller }: Act, id: string) {
  const view = await store.lockView(db, caller.teamId, caller.userId, id);
  if (!view) throw new Refusal("record_not_found");
  if (!mayChangeView({ userId: caller.userId, isAdmin: caller.role === "admin" }, view))
    throw new Refusal("view_of_another");
  return view;
}

/**
 * A filter's content is the page's own affair. But a report must be countable, for it may be sent without a user
 * looking.
 */
function refuseUnsound({ subject, filter }: Pick<store.ViewRow, "subject" | "filter">) {
  if (subject === "reports" && !readDefinition(filter))
    throw new Refusal("parameter_invalid", {
      name: "filter",
      why: say("must be a valid input of reports/sync_report"),
    });
}

function nameTaken(name: string) {
  return new Refusal("view_name_taken", { name });
}

function tell(
  act: Act,
  type: EventType,
  { id, name, subject }: store.ViewWords & { id: string; subject: string },
) {
  return record(byCaller(act), { type, subject: { type: "view", id }, data: { name, subject } });
}
