import { contract } from "@cadenza/contract";
import { meetingLink } from "../../../domain/templates/meeting-link.ts";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findUser } from "../../identity/users/store.ts";
import { findInvited } from "./store.ts";

export const routes = [
  route(contract.contacts.meetingLink, async ({ db, caller, input }) => {
    const invited = await findInvited(db, caller.teamId, input.id);
    if (!invited) throw new Refusal("record_not_found");
    const id = input.user_id ?? caller.userId;
    const host = await findUser(db, caller.teamId, id);
    if (!host) throw new Refusal("unknown_id", { value: id });
    const { meetingUrl } = host;
    return {
      meeting_link: { user_id: id, url: meetingUrl === null ? null : meetingLink(meetingUrl, invited) },
    };
  }),
];
