// Up to which step each contact of a sequence has been emailed, read from the source's emails. In doubt an email counts as sent: a
// contact may miss one, and never gets one twice.

import type { Client, Output } from "../client.ts";
import { NotShown, pagesOf } from "./reading.ts";
import { stepsInOrder, type Tree } from "./sequences.ts";

type Email = Output<"emailerMessages", "search">["emailer_messages"][number];

const NOT_SENT: ReadonlySet<string> = new Set(["drafted", "scheduled", "failed"]);

/** By the source's id of a contact, counted from 1; null if the source does not tell. */
export async function lastStepsSent(source: Client, tree: Tree): Promise<ReadonlyMap<string, number> | null> {
  const positions = new Map(stepsInOrder(tree).map((step, n) => [step.id, n + 1]));
  const last = new Map<string, number>();
  let isCut = false;
  const reading = {
    call: "emailerMessages.search",
    items: "emailer_messages",
    ask: (input: object) =>
      source.emailerMessages.search({ ...input, emailer_campaign_ids: [tree.emailer_campaign.id] }),
    slices: [...positions.keys()].map((id) => ({ emailer_step_ids: [id] })),
    sortBy: "due_at",
  };
  try {
    const pages = pagesOf<Email>(reading, () => {
      isCut = true;
    });
    for await (const { items } of pages)
      for (const email of items) {
        if (email.contact_id === null || !wasSent(email)) continue;
        const step = positions.get(email.emailer_step_id ?? "") ?? email.campaign_position ?? positions.size;
        last.set(email.contact_id, Math.max(last.get(email.contact_id) ?? 0, step));
      }
  } catch (error) {
    if (!(error instanceof NotShown)) throw error;
    return null;
  }
  return isCut ? null : last;
}

function wasSent({ status, completed_at, async_sending, bounce }: Email) {
  return Boolean(completed_at) || async_sending === true || bounce === true || !NOT_SENT.has(status);
}
