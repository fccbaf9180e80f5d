import type { Act } from "../../app.ts";
import type { TouchStanding } from "../../domain/touches.ts";
import { getContact } from "../contacts/commands.ts";
import { findPerson } from "../explaining/store.ts";
import { teamRules } from "../explaining/team-rules.ts";

/** By each limit of the team that is about them. */
export async function touchesOfContact(act: Act, id: string): Promise<readonly TouchStanding[]> {
  const { db, caller, now } = act;
  const { email } = await getContact(act, id);
  const person = await findPerson(db, caller.teamId, id);
  const whom = { contactId: id, companyKey: person?.companyKey ?? null, email };
  const rules = await teamRules({ db, teamId: caller.teamId, now, holds: false }, [whom]);
  return rules.touches(whom);
}
