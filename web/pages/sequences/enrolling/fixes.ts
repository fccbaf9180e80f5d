// Fixes for the reasons why a contact is left out, where one call fixes it; the API changes 100 or 1,000 contacts at once.

import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";
import type { SkippedGroup } from "./check.ts";

export type EnrollmentFix = {
  label: string;
  /** What it comes to, asked where it is about several. */
  says: string;
  done: string;
  work: () => Promise<unknown>;
};

export function fixesFor({ code, people }: SkippedGroup, userId: string): EnrollmentFix[] {
  const ids = people.map(({ id }) => id).slice(0, 1000);
  const them = t("{ids, plural, one {# contact} other {# contacts}}", { ids: ids.length });
  switch (code) {
    case "contacts_unverified_email":
    case "contacts_with_unverified_user_managed_email":
      return [
        {
          label: t("Mark as verified"),
          says: t("{them} will count as verified in every sequence.", { them }),
          done: t("{them} marked as verified.", { them }),
          work: () => api.contacts.bulkUpdate({ contact_ids: ids, email_status: "verified" }),
        },
      ];
    case "contacts_with_job_change":
      return [
        {
          label: t("{ids, plural, one {Update contact} other {Update contacts}}", { ids: ids.length }),
          says: t(
            "{them} will move to the new company, with the new title. The email address will count as unverified.",
            { them },
          ),
          done: t("Contacts moved to their new company, where it is known."),
          work: () => takeOverJobs(ids),
        },
        {
          label: t("Ignore job change"),
          says: t("The job change of {them} will be ignored in every sequence.", { them }),
          done: t("Job change ignored for {them}.", { them }),
          work: () => api.contacts.bulkUpdate({ contact_ids: ids, job_change_event: null }),
        },
      ];
    case "contacts_without_ownership_permission":
      return [
        {
          label: ids.length === 1 ? t("Take over") : t("Take over {them}", { them }),
          says: t("You will own {them} instead of the current owner.", { them }),
          done: t("You now own {them}.", { them }),
          work: () => api.contacts.updateOwners({ contact_ids: ids, owner_id: userId }),
        },
      ];
    default:
      return [];
  }
}

const AT_ONCE = 100;

/** The known new job becomes the contact's; the address is the old employer's until a lookup finds the new one. */
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

/** By owner: a task for each contact, in the owner's list until the owner has decided. */
export async function askOwners({ people }: SkippedGroup, question: string) {
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

type NewAddress = { id: string; email: string };

export async function giveAddresses(given: readonly NewAddress[]) {
  if (given.length > 0) await api.contacts.bulkUpdate({ contact_attributes: [...given] });
}
