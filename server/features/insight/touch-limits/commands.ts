import type { Act } from "../../../app.ts";
import type { TouchStanding } from "../../../domain/sequences/touches.ts";
import { getContact } from "../../desk/contacts/commands.ts";
import { findContactFacts } from "../../gate/facts/facts-store.ts";
import { teamRules } from "../../gate/facts/team-rules.ts";

/** By each limit of the team that is about them. */
export async function touchesOfContact(act: Act, id: string): Promise<readonly TouchStanding[]> {
  const { db, caller, now } = act;
  const { email } = await getContact(act, id);
  const person = await findContactFacts(db, caller.teamId, id);
  const whom = { contactId: id, companyKey: person?.companyKey ?? null, email, hasSentMail: false };
  const rules = await teamRules({ db, teamId: caller.teamId, now, holds: false }, [whom]);
  return rules.touches(whom);
}
