// What stands beside a task: the deal it is about, and of one that is shown by itself, its contact and its account.

import type { Act } from "../../../app.ts";
import { accountsBeside } from "../../contacts/accounts/beside.ts";
import { contactsBeside } from "../../contacts/contacts/beside.ts";
import { dealsBeside } from "../../work/deals/beside.ts";
import { presentTask, presentTaskMessage, presentTaskShown } from "../../work/tasks/present.ts";
import type { TaskRow, TaskShown } from "../../work/tasks/store.ts";

type Asking = Pick<Act, "db" | "caller">;

export async function tasksListed(asking: Asking, tasks: readonly TaskRow[]) {
  const deals = await dealsBeside(
    asking,
    tasks.flatMap(({ dealId }) => dealId ?? []),
  );
  return tasks.map((task) => ({
    ...presentTask(task),
    opportunity: deals.get(task.dealId ?? "") ?? null,
    standalone_outreach_task_message: presentTaskMessage(task),
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
    standalone_outreach_task_message: presentTaskMessage(task),
    opportunity: deals.get(task.dealId ?? "") ?? null,
    contact: contacts.get(task.contactId ?? "") ?? null,
    account: accounts.get(task.accountId ?? "") ?? null,
  };
}
