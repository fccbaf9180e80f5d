// Deals, and what is noted, called and to be done. Open tasks of a sequence's step are left out: the step makes them anew.

import type { Input, Output } from "../client.ts";
import { type Copying, copyOne, given, idAt, ownerAt, tellCut } from "./copying.ts";
import { readFieldValues, valuesAt } from "./fields.ts";
import { listOf, pagesOf } from "./reading.ts";

type Deal = Output<"opportunities", "search">["opportunities"][number];
type Task = Output<"tasks", "search">["tasks"][number];
type Call = Output<"phoneCalls", "search">["phone_calls"][number];
type Note = Output<"notes", "list">["notes"][number];

export async function copyDeals(copying: Copying, stageIds: readonly string[]) {
  const { source, target } = copying;
  const fields = await readFieldValues(copying);
  const pages = pagesOf<Deal>(
    {
      call: "opportunities.search",
      items: "opportunities",
      ask: (input) => source.opportunities.search(input),
      slices: stageIds.map((id) => ({ opportunity_stage_ids: [id] })),
      sortBy: "created_at",
    },
    tellCut(copying, "deals"),
  );
  for await (const { items } of pages)
    for (const deal of items)
      await copyOne(copying, { kind: "deals", from: deal.id, name: deal.name }, async (options) => {
        const wish = given({
          owner_id: ownerAt(copying, deal.owner_id),
          account_id: idAt(copying, "accounts", deal.account_id),
          opportunity_stage_id: idAt(copying, "deal_stages", deal.opportunity_stage_id),
          amount: deal.amount === null ? null : String(deal.amount),
          closed_date: deal.closed_date,
          currency_code: deal.currency?.iso_code,
          description: deal.description,
          next_step: deal.next_step,
          next_step_date: deal.next_step_date,
          closed_lost_reason: deal.closed_lost_reason,
          closed_won_reason: deal.closed_won_reason,
          deal_probability: deal.manually_updated_probability,
          typed_custom_fields: valuesAt(fields, deal.typed_custom_fields),
          opportunity_contact_roles: rolesOf(copying, deal),
        });
        return (await target.opportunities.create({ name: deal.name, ...wish }, options)).opportunity.id;
      });
}

function rolesOf(copying: Copying, { opportunity_contact_roles: roles }: Deal) {
  return (roles ?? []).flatMap((role) => {
    const contact_id = idAt(copying, "contacts", role.contact_id ?? role.contact?.id);
    return contact_id ? [{ contact_id, is_primary: role.is_primary }] : [];
  });
}

/** What a task, a call or a note is about, at the target; null if none of it was copied. */
function aboutAt(
  copying: Copying,
  one: { contact_id: string | null; account_id: string | null; opportunity_id: string | null },
) {
  const about = given({
    contact_id: idAt(copying, "contacts", one.contact_id),
    account_id: idAt(copying, "accounts", one.account_id),
    opportunity_id: idAt(copying, "deals", one.opportunity_id),
  });
  return Object.keys(about).length > 0 ? about : null;
}

const UNKNOWN = "What it is about was left out.";

export async function copyTasks(copying: Copying) {
  const { source, target, report } = copying;
  const ask = (input: object) => source.tasks.search({ ...input, open_factor_names: ["task_is_pending"] });
  const pages = pagesOf<Task>(
    { call: "tasks.search", items: "tasks", ask, sortBy: "task_created_at" },
    tellCut(copying, "tasks"),
  );
  for await (const { items } of pages)
    for (const task of items) {
      if (task.status !== "scheduled") continue;
      const name = task.title ?? task.type;
      const about = aboutAt(copying, task);
      if (task.emailer_campaign_id) report.leaveOut("tasks", "The step of its sequence makes it anew.", name);
      else if (!about) report.leaveOut("tasks", UNKNOWN, name);
      else
        await copyOne(copying, { kind: "tasks", from: task.id, name }, async (options) => {
          const wish: Input<"tasks", "create"> = {
            type: task.type,
            user_id: ownerAt(copying, task.user_id),
            ...about,
            ...given({ priority: task.priority, due_at: task.due_at, title: task.title, note: task.note }),
          };
          return (await target.tasks.create(wish, options)).task.id;
        });
    }
}

export async function copyCalls(copying: Copying) {
  const { source, target, report } = copying;
  const ask = (input: object) => source.phoneCalls.search(input);
  const reading = { call: "phoneCalls.search", items: "phone_calls", ask, sortBy: "start_time" };
  const pages = pagesOf<Call>(reading, tellCut(copying, "calls"));
  for await (const { items } of pages)
    for (const call of items) {
      const name = call.start_time ?? call.id;
      const about = aboutAt(copying, call);
      if (!about) report.leaveOut("calls", UNKNOWN, name);
      else
        await copyOne(copying, { kind: "calls", from: call.id, name }, async (options) => {
          const wish = {
            ...about,
            user_id: [ownerAt(copying, call.user_id)],
            inbound: call.inbound,
            ...given({
              to_number: call.to_number,
              from_number: call.from_number,
              status: call.status,
              start_time: call.start_time,
              end_time: call.end_time,
              duration: call.duration,
              note: call.note,
              recording_url: call.recording_url,
            }),
          } as Input<"phoneCalls", "create">;
          return (await target.phoneCalls.create(wish, options)).phone_call.id;
        });
    }
}

/** A call of the source for each record, since it lists notes by what they are about. */
export async function copyNotes(copying: Copying) {
  const { ledger, source, target } = copying;
  const kinds = { contacts: "contact_id", accounts: "account_id", deals: "opportunity_id" } as const;
  for (const [kind, key] of Object.entries(kinds) as [
    keyof typeof kinds,
    (typeof kinds)[keyof typeof kinds],
  ][]) {
    const records = ledger.all(kind);
    for (const [done, { from }] of records.entries()) {
      copying.show(done, records.length, `${kind} looked at for notes`);
      const notes = await listOf<Note>("notes.list", "notes", () =>
        source.notes.list({ [key]: from, limit: 100 }),
      );
      for (const note of notes) {
        const about = {
          contact_ids: note.contact_ids.flatMap((id) => idAt(copying, "contacts", id) ?? []),
          account_ids: note.account_ids.flatMap((id) => idAt(copying, "accounts", id) ?? []),
          opportunity_ids: note.opportunity_ids.flatMap((id) => idAt(copying, "deals", id) ?? []),
        };
        const { content, pinned_to_top } = note;
        await copyOne(
          copying,
          { kind: "notes", from: note.id, name: content.slice(0, 40) },
          async (options) => {
            const made = await target.notes.create(
              { content, ...given({ ...about, pinned_to_top }) },
              options,
            );
            return made.note.id;
          },
        );
      }
    }
  }
}
