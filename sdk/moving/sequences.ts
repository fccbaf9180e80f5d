// Sequences with their steps and emails. They are made switched off, so nothing is sent until their owner has looked at them.
//
// Apollo documents no call that shows the steps of a sequence; `GET /emailer_campaigns/{id}` answers all the same. Where it does not, the
// sequence is left out, and so are its contacts.

import type { Input, Output } from "../client.ts";
import { listNames } from "./accounts.ts";
import { branchOf, ConditionLost } from "./branches.ts";
import { type Copying, copyOne, given, idAt, idsAt, ownerAt } from "./copying.ts";
import { NotShown, pagesOf, shown } from "./reading.ts";

export type Tree = Output<"sequences", "show">;
type Sequence = Output<"sequences", "search">["emailer_campaigns"][number];
type Wish = Input<"sequences", "create">;
type Step = NonNullable<Wish["emailer_steps"]>[number];

export async function copySequences(copying: Copying): Promise<Map<string, Tree>> {
  const { source, report } = copying;
  const trees = new Map<string, Tree>();
  const names = await listNames(copying);
  for (const status of ["unarchived", "archived"] as const) {
    const ask = (input: object) => source.sequences.search({ ...input, emailer_campaign_status: status });
    const reading = { call: "sequences.search", items: "emailer_campaigns", ask };
    for await (const { items, total } of pagesOf<Sequence>(reading))
      for (const one of items) {
        const tree = await readTree(copying, one);
        if (!tree) continue;
        trees.set(one.id, tree);
        const to = await copySequence(copying, tree, names);
        if (to && one.active)
          report.note(
            `“${one.name}” is still active at the source. Deactivate it there before you activate it here.`,
          );
        copying.show(trees.size, total, "sequences");
      }
  }
  return trees;
}

async function readTree({ source, report }: Copying, { id, name }: Sequence) {
  try {
    const tree = await shown("sequences.show", () => source.sequences.show({ id }));
    if (Array.isArray(tree?.emailer_steps)) return tree;
  } catch (error) {
    if (!(error instanceof NotShown)) throw error;
  }
  report.leaveOut("sequences", "The source does not show its steps. Its contacts are not added to it.", name);
  return null;
}

async function copySequence(copying: Copying, tree: Tree, names: ReadonlyMap<string, string>) {
  const { emailer_campaign: one } = tree;
  const wish = wishOrNull(copying, tree, names);
  if (!wish) return null;
  return copyOne(copying, { kind: "sequences", from: one.id, name: one.name }, async (options) => {
    const { target } = copying;
    const made = await target.sequences.create(wish, options);
    const { id } = made.emailer_campaign;
    if (one.archived) await target.sequences.archive({ id });
    return id;
  });
}

/** Null: it cannot say there what it says here, and is left out. */
function wishOrNull(copying: Copying, tree: Tree, names: ReadonlyMap<string, string>): Wish | null {
  try {
    return wishFor(copying, tree, names);
  } catch (error) {
    if (!(error instanceof ConditionLost)) throw error;
    const why = "The condition of a branch asks for records that are not at the target.";
    copying.report.leaveOut("sequences", why, tree.emailer_campaign.name);
    return null;
  }
}

function wishFor(copying: Copying, tree: Tree, names: ReadonlyMap<string, string>): Wish {
  const { emailer_campaign: one } = tree;
  const stagesBy = Object.entries(one.contact_email_event_to_stage_mapping ?? {}).flatMap(
    ([event, stage]) => {
      const to = idAt(copying, "contact_stages", stage);
      return to ? [[event, to] as const] : [];
    },
  );
  return {
    name: one.name,
    ...given({
      description: one.description,
      user_id: ownerAt(copying, one.user_id),
      emailer_schedule_id: idAt(copying, "schedules", one.emailer_schedule_id),
      label_names: (one.label_ids ?? []).flatMap((id) => names.get(id) ?? []),
      sequence_by_exact_daytime: one.sequence_by_exact_daytime,
      mark_finished_if_reply: one.mark_finished_if_reply,
      mark_finished_if_click: one.mark_finished_if_click,
      mark_finished_if_interested: one.mark_finished_if_interested,
      mark_paused_if_ooo: one.mark_paused_if_ooo,
      days_to_wait_before_mark_as_response: one.days_to_wait_before_mark_as_response,
      same_account_reply_policy_cd: one.same_account_reply_policy_cd,
      same_account_reply_delay_days: one.same_account_reply_delay_days,
      create_task_if_email_open: one.create_task_if_email_open,
      email_open_trigger_task_threshold: one.email_open_trigger_task_threshold,
      max_emails_per_day: one.max_emails_per_day,
      max_new_contacts_per_day: one.max_new_contacts_per_day,
      excluded_account_stage_ids: idsAt(copying, "account_stages", one.excluded_account_stage_ids),
      excluded_contact_stage_ids: idsAt(copying, "contact_stages", one.excluded_contact_stage_ids),
      cc_emails: one.cc_emails,
      bcc_emails: one.bcc_emails,
      on_not_sent: one.on_not_sent,
      priority_policy: one.priority_policy,
      send_at_usual_hour: one.send_at_usual_hour,
      delivery_policy: one.delivery_policy,
    }),
    ...(stagesBy.length > 0 && { contact_email_event_to_stage_mapping: Object.fromEntries(stagesBy) }),
    emailer_steps: stepsInOrder(tree).map((step, _, steps) => ({
      ...stepFor(step, tree),
      ...branchOf(copying, step, steps, names),
    })),
  } as Wish;
}

export const stepsInOrder = ({ emailer_steps: steps }: Tree) =>
  steps.toSorted((a, b) => a.position - b.position);

function stepFor(step: Tree["emailer_steps"][number], { emailer_touches, emailer_templates }: Tree): Step {
  const templates = new Map((emailer_templates ?? []).map((one) => [one.id, one]));
  const touches = (emailer_touches ?? []).filter((one) => one.emailer_step_id === step.id);
  return {
    type: step.type,
    ...given({
      wait_time: step.wait_time,
      wait_mode: step.wait_mode,
      exact_datetime: step.exact_datetime,
      priority: step.priority,
      note: step.note,
      max_emails_per_day: step.max_emails_per_day,
      auto_skip_in_x_days: step.auto_skip_in_x_days,
    }),
    ...(step.enabled === false && { enabled: false }),
    emailer_touches: touches.map((touch) => {
      const template = templates.get(touch.emailer_template_id);
      return {
        ...given({ type: touch.type, status: touch.status, weight: touch.weight }),
        include_signature: touch.include_signature ?? true,
        ...(template && {
          emailer_template: given({ subject: template.subject, body_html: template.body_html }),
        }),
      };
    }),
  };
}
