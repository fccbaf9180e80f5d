import type { Act } from "../../../app.ts";
import { meetingLink } from "../../../domain/templates/meeting-link.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findUser } from "../../identity/users/store.ts";
import { findInvited } from "./store.ts";

/** The user's meeting page, filled for the contact; null where the user has none. */
export async function findMeetingLink(
  { db, caller }: Pick<Act, "db" | "caller">,
  contactId: string,
  userId: string,
) {
  const { teamId } = caller;
  const invited = await findInvited(db, teamId, contactId);
  if (!invited) throw new Refusal("record_not_found");
  const host = await findUser(db, teamId, userId);
  if (!host) throw new Refusal("unknown_id", { value: userId });
  return host.meetingUrl === null ? null : meetingLink(host.meetingUrl, invited);
}
