import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { firstUnknown } from "../references/store.ts";
import { firstWhoCannotSee, replaceMentions } from "./mentions-store.ts";

/** Mentions exactly these users in the note, and answers those who were not mentioned before. */
export async function mention({ db, caller, now }: Act, noteId: string, userIds: readonly string[]) {
  const { teamId, userId } = caller;
  const unknown = await firstUnknown(db, teamId, { users: userIds });
  if (unknown) throw new Refusal("unknown_id", { value: unknown });
  const fresh = await replaceMentions(db, teamId, { noteId, userIds, by: userId, now });
  const blind = await firstWhoCannotSee(db, teamId, noteId, fresh);
  if (blind) throw new Refusal("mention_not_possible", { name: blind.name, why: whyNot(blind) });
  return fresh;
}

const whyNot = ({ isDeactivated }: { isDeactivated: boolean }) =>
  isDeactivated
    ? say("their account is deactivated")
    : say("they cannot see the conversation that the note is about");
