import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { presentFoundContact } from "../../contacts/contacts/present.ts";
import { readContacts } from "../../contacts/contacts/reading-store.ts";
import { presentAttachment } from "../../sequences/attachments/present.ts";
import { findAttachments } from "../../sequences/attachments/store.ts";
import { findMessage, findMessages, getWhole } from "./commands.ts";
import {
  presentActivities,
  presentContent,
  presentLastSeen,
  presentMessage,
  presentSendStatus,
} from "./present.ts";
import { lastEventsOf, lastSeen } from "./store.ts";
import { wholeMessages } from "./whole.ts";

const { emailerMessages } = contract;

const EVENTS_TOLD = 1000;
const MAILS_READ = 10;

export const routes = [
  route(emailerMessages.show, async ({ input, ...act }) => {
    const { db, caller } = act;
    const whole = await getWhole(act, input.id);
    const [contacts, attachments] = await Promise.all([
      readContacts(db, caller.teamId, whole.row.contactId ? [whole.row.contactId] : [], viewerIn(caller)),
      findAttachments(db, caller.teamId, whole.row.attachmentIds),
    ]);
    return {
      emailer_message: {
        ...presentMessage(whole),
        contact: contacts[0] ? presentFoundContact(contacts[0]) : null,
      },
      attachments: attachments.map(presentAttachment),
    };
  }),

  route(emailerMessages.activities, async ({ input, ...act }) => {
    const { db, caller } = act;
    const whole = await getWhole(act, input.id);
    const [contacts, events, seen] = await Promise.all([
      readContacts(db, caller.teamId, whole.row.contactId ? [whole.row.contactId] : [], viewerIn(caller)),
      lastEventsOf(db, caller.teamId, [input.id], EVENTS_TOLD),
      lastSeen(db, caller.teamId, input.id),
    ]);
    const message = presentMessage(whole);
    return {
      activities: presentActivities({ message, events }),
      emailer_message: {
        ...message,
        contact: contacts[0] ? presentFoundContact(contacts[0]) : null,
        ...presentLastSeen(seen),
      },
    };
  }),

  route(emailerMessages.getContent, async ({ input, ...act }) => {
    if (!input.ids || input.ids.length === 0)
      throw new Refusal("required_parameter_missing", { name: "ids" });
    const rows = await findMessages(act, [...new Set(input.ids)].slice(0, MAILS_READ));
    const format = input.body_format === "html" ? "html" : "plain";
    return {
      emailer_messages: rows
        .filter(({ status }) => status === "completed")
        .map((row) => presentContent(row, format)),
    };
  }),

  route(emailerMessages.sendStatus, async ({ input, ...act }) => {
    const id = input.id ?? input.emailer_message_ids?.[0];
    if (!id) throw new Refusal("required_parameter_missing", { name: "id" });
    const [whole] = (await findMessage(act, id)) ? await wholeMessages(act, [id]) : [];
    if (!whole) throw new Refusal("message_not_found");
    return presentSendStatus(whole);
  }),
];
