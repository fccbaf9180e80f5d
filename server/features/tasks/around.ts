// What stands beside a task: the deal it is about, and of one that is shown by itself, its contact and its account.

import type { Act } from "../../app.ts";
import { accountsBeside } from "../accounts/beside.ts";
import { contactsBeside } from "../contacts/beside.ts";
import { dealsBeside } from "../deals/beside.ts";
import { presentMessage, presentTask, presentTaskShown } from "./present.ts";
import type { TaskRow, TaskShown } from "./store.ts";

type Asking = Pick<Act, "db" | "caller">;

export async function tasksListed(asking: Asking, tasks: readonly TaskRow[]) {
  const deals = await dealsBeside(
    asking,
    tasks.flatMap(({ dealId }) => dealId ?? []),
  );
  return tasks.map((task) => ({
    ...presentTask(task),
    opportunity: deals.get(task.dealId ?? "") ?? null,
    standalone_outreach_task_message: presentMessage(task),
  }));
}

export async function taskShown(asking: Asking, task: TaskShown) {
  const ids = (id: string | null) => (id === null ? [] : [id]);
  const [deals, contacts, accounts] = await Promise.all([
    dealsBeside(asking, ids(task.dealId)),
    contactsBeside(asking, ids(task.contactId)),
    accountsBeside(asking, ids(task.accountId)),
  ]);
  return {
    ...presentTaskShown(task),
    standalone_outreach_task_message: presentMessage(task),
    opportunity: deals.get(task.dealId ?? "") ?? null,
    contact: contacts.get(task.contactId ?? "") ?? null,
    account: accounts.get(task.accountId ?? "") ?? null,
  };
}
