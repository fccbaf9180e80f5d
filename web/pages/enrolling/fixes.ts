// What mends the reason for which somebody is left out, where one call does; the API changes a hundred or a thousand at once.

import { count } from "../../parts/figures.ts";
import { api } from "../../session.ts";
import type { Group } from "./check.ts";

export type Fix = {
  label: string;
  /** What it comes to, asked where it is about several. */
  says: string;
  done: string;
  work: () => Promise<unknown>;
};

export function fixesFor({ code, people }: Group, userId: string): Fix[] {
  const ids = people.map(({ id }) => id).slice(0, 1000);
  const them = count(ids.length, "contact");
  switch (code) {
    case "contacts_unverified_email":
    case "contacts_with_unverified_user_managed_email":
      return [
        {
          label: ids.length === 1 ? "The address is right" : "The addresses are right",
          says: `${them} will count as verified, in every sequence.`,
          done: `${them} counted as verified.`,
          work: () => api.contacts.bulkUpdate({ contact_ids: ids, email_status: "verified" } as never),
        },
      ];
    case "contacts_with_job_change":
      return [
        {
          label: ids.length === 1 ? "Update contact" : "Update contacts",
          says: `${them} will be of the company they went to, with the title they have there. Their address counts as unverified from then on.`,
          done: "Moved to their new company, where that is known.",
          work: () => takeOverJobs(ids),
        },
        {
          label: "They are still there",
          says: `The change of job is forgotten for ${them}, in every sequence.`,
          done: `The change of job was dismissed for ${them}.`,
          work: () => api.contacts.bulkUpdate({ contact_ids: ids, job_change_event: null } as never),
        },
      ];
    case "contacts_without_ownership_permission":
      return [
        {
          label: ids.length === 1 ? "Take over" : `Take over ${them}`,
          says: `${them} will belong to you and no longer to those they belong to now.`,
          done: `${them} ${ids.length === 1 ? "is" : "are"} yours now.`,
          work: () => api.contacts.updateOwners({ contact_ids: ids, owner_id: userId }),
        },
      ];
    default:
      return [];
  }
}

const AT_ONCE = 100;

/** What is known of their new job becomes the contact's; the address is the old employer's until somebody has looked. */
async function takeOverJobs(ids: readonly string[]) {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const { contacts } = await api.contacts.search({
      contact_ids: ids.slice(from, from + AT_ONCE),
      per_page: AT_ONCE,
    });
    const contact_attributes = contacts.flatMap(({ id, title, contact_job_change_event: job }) =>
      job?.organization_name
        ? [
            {
              id,
              organization_name: job.organization_name,
              title: job.title ?? title,
              account_id: null,
              email_status: "unverified" as const,
              job_change_event: null,
            },
          ]
        : [],
    );
    if (contact_attributes.length > 0) await api.contacts.bulkUpdate({ contact_attributes });
  }
}

/** By owner: a task for each contact, in whose list it stands until they have said. */
export async function askOwners({ people }: Group, question: string) {
  const byOwner = Map.groupBy(people, ({ reason }) => String(reason.evidence.owner_id ?? ""));
  for (const [user_id, theirs] of byOwner)
    for (let from = 0; from < theirs.length; from += AT_ONCE)
      await api.tasks.bulkCreate({
        user_id,
        contact_ids: theirs.slice(from, from + AT_ONCE).map(({ id }) => id),
        type: "action_item",
        priority: "medium",
        status: "scheduled",
        note: question,
      });
}

export type NewAddress = { id: string; email: string };

export async function giveAddresses(given: readonly NewAddress[]) {
  if (given.length > 0) await api.contacts.bulkUpdate({ contact_attributes: [...given] });
}
