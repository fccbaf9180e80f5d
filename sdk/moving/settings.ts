// What records refer to: users and mailboxes, which only their owners can bring, and stages, fields, lists and schedules, which are
// made where the target has none of the same name.

import type { Client, Output } from "../client.ts";
import type { CallOptions } from "../sending.ts";
import { type Copying, copyOne, given, ifShown, useExisting } from "./copying.ts";
import { copyFields } from "./fields.ts";
import type { Kind } from "./ledger.ts";
import { listOf, pagesOf } from "./reading.ts";

type User = Output<"users", "search">["users"][number];
type Mailbox = Output<"emailAccounts", "list">["email_accounts"][number];
type Schedule = Output<"schedules", "list">["emailer_schedules"][number];
type ContactStage = Output<"contactStages", "list">["contact_stages"][number];
type AccountStage = Output<"accountStages", "list">["account_stages"][number];
type DealStage = Output<"opportunityStages", "list">["opportunity_stages"][number];
type List = Output<"labels", "list">[number];

const SETTINGS = [matchUsers, matchMailboxes, copyStages, copyFields, copyLists, copySchedules];

export async function copySettings(copying: Copying) {
  for (const copy of SETTINGS) await ifShown(copying, () => copy(copying));
}

const plain = (name: string | null | undefined) => (name ?? "").trim().toLowerCase();

async function matchUsers(copying: Copying) {
  const known = new Map((await usersOf(copying.target)).map(({ email, id }) => [plain(email), id]));
  for (const { id, email } of await usersOf(copying.source)) {
    const to = known.get(plain(email));
    if (to) await useExisting(copying, "users", id, to);
    else copying.report.leaveOut("users", "Not a user of the target team. What they own goes to you.", email);
  }
}

async function usersOf(api: Client) {
  const users: User[] = [];
  const ask = (input: object) => api.users.search(input);
  for await (const { items } of pagesOf<User>({ call: "users.search", items: "users", ask }))
    users.push(...items);
  return users;
}

async function matchMailboxes(copying: Copying) {
  const list = (api: Client) =>
    listOf<Mailbox>("emailAccounts.list", "email_accounts", () => api.emailAccounts.list());
  const known = new Map((await list(copying.target)).map(({ email, id }) => [plain(email), id]));
  for (const { id, email } of await list(copying.source)) {
    const to = known.get(plain(email));
    if (to) await useExisting(copying, "mailboxes", id, to);
    else
      copying.report.leaveOut(
        "mailboxes",
        "Not connected at the target. Connect it, then start again: contacts who are emailed from it wait until then.",
        email,
      );
  }
}

type Named = { id: string; name: string };

/** Makes those whose name the target does not have. */
async function copyByName<One extends Named>(
  copying: Copying,
  kind: Kind,
  lists: { source: readonly One[]; target: readonly Named[] },
  create: (one: One, options: CallOptions) => Promise<string>,
) {
  const known = new Map(lists.target.map(({ name, id }) => [plain(name), id]));
  for (const one of lists.source) {
    const to = known.get(plain(one.name));
    if (to && copying.ledger.get(kind, one.id) === undefined) await useExisting(copying, kind, one.id, to);
    else await copyOne(copying, { kind, from: one.id, name: one.name }, (options) => create(one, options));
  }
}

async function copyStages(copying: Copying) {
  const { source, target } = copying;
  const ofContacts = (api: Client) =>
    listOf<ContactStage>("contactStages.list", "contact_stages", () => api.contactStages.list());
  await copyByName(
    copying,
    "contact_stages",
    { source: await ofContacts(source), target: await ofContacts(target) },
    async ({ name, category }, options) =>
      (await target.contactStages.create({ name, ...given({ category }) }, options)).contact_stage.id,
  );
  const ofAccounts = (api: Client) =>
    listOf<AccountStage>("accountStages.list", "account_stages", () => api.accountStages.list());
  await copyByName(
    copying,
    "account_stages",
    { source: await ofAccounts(source), target: await ofAccounts(target) },
    async ({ name, category }, options) =>
      (await target.accountStages.create({ name, ...given({ category }) }, options)).account_stage.id,
  );
  const ofDeals = (api: Client) =>
    listOf<DealStage>("opportunityStages.list", "opportunity_stages", () => api.opportunityStages.list());
  await copyByName(
    copying,
    "deal_stages",
    { source: await ofDeals(source), target: await ofDeals(target) },
    async ({ name, type, probability, forecast_category_cd, description }, options) =>
      (
        await target.opportunityStages.create(
          { name, ...given({ type, probability, forecast_category_cd, description }) } as { name: string },
          options,
        )
      ).opportunity_stage.id,
  );
}

/** A name stands for one list of contacts and one of accounts. Lists of sequences come with their sequences. */
async function copyLists(copying: Copying) {
  const lists = (api: Client) => listOf<List>("labels.list", "", () => api.labels.list());
  const [theirs, ours] = [await lists(copying.source), await lists(copying.target)];
  for (const modality of ["contacts", "accounts"] as const) {
    const of = (all: readonly List[]) => all.filter((one) => one.modality === modality);
    await copyByName(
      copying,
      "lists",
      { source: of(theirs), target: of(ours) },
      async ({ name }, options) => {
        const { label } = await copying.target.labels.create({ name, modality }, options);
        return label.id;
      },
    );
  }
}

async function copySchedules(copying: Copying) {
  const list = (api: Client) =>
    listOf<Schedule>("schedules.list", "emailer_schedules", () => api.schedules.list());
  await copyByName(
    copying,
    "schedules",
    { source: await list(copying.source), target: await list(copying.target) },
    async (schedule, options) => {
      const { name, time_zone, schedule_hash, use_contacts_time_zone, skip_holidays } = schedule;
      const made = await copying.target.schedules.create(
        { name, ...given({ time_zone, schedule_hash, use_contacts_time_zone, skip_holidays }) },
        options,
      );
      return made.emailer_schedule.id;
    },
  );
}
