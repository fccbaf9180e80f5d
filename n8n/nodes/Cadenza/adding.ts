// "Add contacts to sequence": the connector that the project has one definition of, run over n8n's items. Items that say the
// same go together, because a thousand contacts in one call are quick and one at a time are not.

import {
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  NodeOperationError,
  sleep,
} from "n8n-workflow";
import { ask, writeHeaders } from "./asking.ts";
import { targetOf } from "./filling.ts";
import { addContacts, type Configuration, description, Misconfigured, type Wish } from "./made/adding.ts";

type Group = { configuration: Configuration; field: string; options: IDataObject; items: number[] };

const FIRST_LOOK_MS = 250;
const SELDOMEST_LOOK_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/** The items in groups that are added in one call each. What is wrong with an item is told by `failed`. */
export function groupsOf(
  asker: IExecuteFunctions,
  failed: (error: unknown, items: number[]) => void,
): Group[] {
  const groups = new Map<string, Group>();
  for (const itemIndex of asker.getInputData().keys()) {
    try {
      const one = readItem(asker, itemIndex);
      const together = asker.getNodeParameter("together", itemIndex, true) as boolean;
      const { contact_ids, ...same } = one.configuration;
      const key = together ? JSON.stringify([same, one.field, one.options]) : String(itemIndex);
      const known = groups.get(key);
      if (!known) groups.set(key, one);
      else {
        known.configuration.contact_ids = [...known.configuration.contact_ids, ...contact_ids];
        known.items.push(itemIndex);
      }
    } catch (error) {
      failed(error, [itemIndex]);
    }
  }
  return [...groups.values()];
}

function readItem(asker: IExecuteFunctions, itemIndex: number): Group {
  const fields = asker.getNodeParameter("additionalFields", itemIndex, {}) as IDataObject;
  const { async, wait, output_variable, ...options } = asker.getNodeParameter(
    "options",
    itemIndex,
    {},
  ) as IDataObject;
  const known = Object.entries(fields).filter(([name]) => name in description.configuration.properties);
  const more = Object.entries(fields).filter(
    ([name, value]) => !(name in description.configuration.properties) && value !== "",
  );
  const contacts = asker.getNodeParameter("contact_ids", itemIndex, "") as unknown;
  const problems: { name: string; says: string }[] = [];
  const mailboxes = asker.getNodeParameter("email_account_ids", itemIndex, []) as string[] | string;
  const configuration = {
    ...Object.fromEntries(known.filter(([, value]) => value !== "")),
    sequence_id: targetOf(asker, "sequenceId", itemIndex, problems),
    email_account_id: [mailboxes].flat().join(","),
    contact_ids: (Array.isArray(contacts) ? contacts : [contacts ?? ""]).map(String),
    additional_fields: Object.fromEntries(more),
    ...(async === true && { async }),
    ...(wait === true && { wait }),
  } as Configuration & { contact_ids: string[] };
  if (problems[0])
    throw new Misconfigured(problems.map(({ name, says }) => ({ field: name, value: "", says })));
  return { configuration, field: String(output_variable ?? ""), options, items: [itemIndex] };
}

/** Adds them, and answers what became of each. */
export async function addGroup(asker: IExecuteFunctions, group: Group): Promise<INodeExecutionData> {
  const itemIndex = group.items[0] ?? 0;
  const variables: IDataObject = {};
  const dryRun = group.options.dryRun === true;
  const configuration = group.field
    ? { ...group.configuration, output_variable: group.field }
    : group.configuration;
  const answer = await addContacts<IDataObject, IDataObject>(configuration, variables, {
    add: (input) => addCall(asker, input, itemIndex, group.options),
    wait: (id) => waitForJob(asker, id, itemIndex),
    dryRun,
  });
  const pairedItem = group.items.map((item) => ({ item }));
  if (!group.field) return { json: answer, pairedItem };
  return { json: { ...asker.getInputData()[itemIndex]?.json, ...variables }, pairedItem };
}

function addCall(
  asker: IExecuteFunctions,
  { id, ...input }: Wish["input"],
  itemIndex: number,
  options: IDataObject,
) {
  const path = `/emailer_campaigns/${id}/add_contact_ids`;
  const headers = writeHeaders(asker, itemIndex, [path, input], options);
  return ask(asker, { method: "POST", path, input: input as unknown as IDataObject, headers, itemIndex });
}

async function waitForJob(asker: IExecuteFunctions, id: string, itemIndex: number): Promise<IDataObject> {
  let waitedMs = 0;
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(pauseMs * 1.5, SELDOMEST_LOOK_MS)) {
    const path = `/entity_progress_jobs/${id}`;
    const { entity_progress_job } = await ask(asker, { method: "GET", path, itemIndex });
    const job = entity_progress_job as IDataObject;
    if (["done", "failed", "cancelled"].includes(String(job.status))) return job;
    if (waitedMs > LONGEST_WAIT_MS)
      throw new NodeOperationError(asker.getNode(), `The job ${id} is still ${String(job.status)}`, {
        description: "The job continues in the background. Check it later, or turn Wait off.",
        itemIndex,
      });
    await sleep(pauseMs);
    waitedMs += pauseMs;
  }
}
