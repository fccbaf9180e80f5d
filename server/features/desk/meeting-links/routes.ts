import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { findMeetingLink } from "./commands.ts";

export const routes = [
  route(contract.contacts.meetingLink, async ({ db, caller, input }) => {
    const userId = input.user_id ?? caller.userId;
    return {
      meeting_link: { user_id: userId, url: await findMeetingLink({ db, caller }, input.id, userId) },
    };
  }),
];
