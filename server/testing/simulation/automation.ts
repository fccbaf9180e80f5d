// Workflows of a company, which add people, take them out and change them by themselves, and files of people that are imported.

import type { Input } from "@cadenza/sdk";
import type { Chance } from "../../sample/chance.ts";
import type { Acting } from "./acts.ts";
import type { Company } from "./company.ts";

type WorkflowWish = Input<"workflows", "create">;
type Action = WorkflowWish["actions"][number];

const LISTS = ["Spring", "Autumn", "Winter"] as const;

function triggerOf(chance: Chance): WorkflowWish["trigger"] {
  return chance.pick([
    { type: "event", event: "contact.created" },
    { type: "event", event: "contact.stage_changed" },
    { type: "event", event: "message.replied" },
    { type: "event", event: "message.opened" },
    { type: "event", event: "enrollment.finished" },
    { type: "event", event: "label.records_added" },
    { type: "schedule", every: "day", at: "08:30", time_zone: "Europe/Berlin" },
    { type: "schedule", every: "week", at: "07:00", weekday: 2 },
  ] as const);
}

/** Every fourth waits first, or decides. */
async function actionsOf(company: Company, chance: Chance, depth = 0): Promise<Action[]> {
  const actions: Action[] = [];
  for (let n = chance.whole(1, 2); n > 0; n--) {
    if (chance.happens(0.25)) actions.push({ type: "wait", hours: chance.whole(1, 80) });
    if (depth === 0 && chance.happens(0.25))
      actions.push({
        type: "branch",
        filters: { q_title: chance.pick(["CEO", "Engineer"]) },
        yes: await actionsOf(company, chance, 1),
        no: await actionsOf(company, chance, 1),
      });
    else actions.push(await actionOf(company, chance));
  }
  return actions;
}

async function actionOf({ api, known }: Company, chance: Chance): Promise<Action> {
  const kind = chance.pick(["add", "add", "remove", "list", "unlist", "stage", "task"] as const);
  if (kind === "add")
    return {
      type: "add_to_sequence",
      emailer_campaign_id: chance.pick(known.sequences),
      send_email_from_email_account_id: [chance.pick(known.mailboxes)],
      sequence_active_in_other_campaigns: chance.happens(0.5),
    } as Action;
  if (kind === "remove")
    return {
      type: "remove_from_sequence",
      emailer_campaign_ids: [chance.pick(known.sequences)],
      mode: chance.pick(["mark_as_finished", "remove", "stop"]),
    };
  if (kind === "list") return { type: "add_to_list", label_names: [chance.pick(LISTS)] };
  if (kind === "unlist") return { type: "remove_from_list", label_names: [chance.pick(LISTS)] };
  if (kind === "task")
    return { type: "create_task", task_type: "call", title: "Call {{contact.first_name}}" };
  const { contact_stages } = await api.contactStages.list({});
  return { type: "set_stage", stage_id: chance.pick(contact_stages).id };
}

async function automate(company: Company, chance: Chance) {
  const { workflow } = await company.api.workflows.create({
    name: `Workflow ${++company.known.made}`,
    trigger: triggerOf(chance),
    filters: chance.happens(0.5) ? {} : { q_title: chance.pick(["CEO", "Engineer", "Buyer"]) },
    actions: await actionsOf(company, chance),
    reentry: chance.pick(["once", "every_time", { days: 5 }] as const),
    caps: chance.happens(0.3) ? { per_day: chance.whole(1, 5) } : {},
  });
  company.known.workflows.push(workflow.id);
  await company.api.workflows.activate({ id: workflow.id, everybody: true });
}

const turnWorkflow =
  (call: "activate" | "deactivate" | "archive"): Acting["act"] =>
  async ({ api, known }, chance) => {
    if (known.workflows.length === 0) return;
    const id = chance.pick(known.workflows);
    if (call === "activate") await api.workflows.activate({ id, everybody: chance.happens(0.5) });
    else await api.workflows[call]({ id });
  };

async function run({ api, known }: Company, chance: Chance) {
  if (known.workflows.length === 0) return;
  const some = chance.shuffled(known.people).slice(0, 4);
  await api.workflows.run({ id: chance.pick(known.workflows), entity_ids: some.map(({ id }) => id) });
}

/** New people and known ones; some of the file have opted out, and no file opts anyone in again. */
async function bringIn(company: Company, chance: Chance) {
  const { api, known } = company;
  const lines = Array.from({ length: chance.whole(1, 8) }, () => {
    const n = ++known.made;
    const isKnown = chance.happens(0.4);
    const email = isKnown ? chance.pick(known.people).email : `p${n}@company${n}.example`;
    return [`P${n}`, email, chance.pick(["CEO", "Buyer"]), chance.happens(0.15) ? "true" : "false"].join();
  });
  const isAdding = chance.happens(0.6);
  const started = await api.imports.create({
    text: `First name,Email,Title,Unsubscribed from all email\n${lines.join("\n")}\n`,
    overwrite: chance.pick(["never", "fill", "replace"]),
    ...(isAdding && {
      add_to_sequence: {
        id: chance.pick(known.sequences),
        send_email_from_email_account_id: [chance.pick(known.mailboxes)],
        sequence_active_in_other_campaigns: chance.happens(0.5),
        sequence_unverified_email: true,
      },
    }),
  });
  known.imports.push(started.import.id);
}

async function undoImport({ api, known }: Company, chance: Chance) {
  if (known.imports.length > 0) await api.imports.undo({ id: chance.pick(known.imports) });
}

/** Whom files and workflows have made is not known to those who only know whom they made. */
async function meetEverybody({ api, known }: Company) {
  const { contacts } = await api.contacts.search({ per_page: 100 });
  known.people = contacts.map(({ id, email }) => ({ id, email: email ?? "" }));
}

export const AUTOMATION = {
  "make a workflow": { share: 2, act: automate },
  "switch a workflow off": { share: 1, act: turnWorkflow("deactivate") },
  "switch a workflow on": { share: 1, act: turnWorkflow("activate") },
  "archive a workflow": { share: 1, act: turnWorkflow("archive") },
  "run a workflow": { share: 2, act: run },
  "import a file": { share: 3, act: bringIn },
  "undo an import": { share: 1, act: undoImport },
  "look at the contacts": { share: 3, act: meetEverybody },
} satisfies Record<string, Acting>;
