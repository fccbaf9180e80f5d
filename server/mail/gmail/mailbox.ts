// The Gmail API as a mailbox is sent and read by it.

import type { ApiCalls } from "../by-api/calls.ts";
import type { ApiMailboxes } from "../by-api/mailbox.ts";
import type { ServerClock } from "../server-clock.ts";
import { makeDraft, removeDraft, removeLeftDrafts, sendDraft, stateAfter } from "./drafts.ts";
import { greet, headOf, INBOX, pageOf, SPAM, wholeOf } from "./labels.ts";
import { findPlacedAtGmail, readKeptAtGmail } from "./placed.ts";
import { refusalIn } from "./refusals.ts";
import { findAtGmail, lookThroughSentAtGmail } from "./sent.ts";

export function gmailMailboxes(calls: ApiCalls, clock: ServerClock): ApiMailboxes {
  return {
    name: "Gmail API",
    inbox: INBOX,
    junk: SPAM,
    makeDraft: (account, mail) => makeDraft(calls, account, mail),
    sendDraft: (account, { id }) => sendDraft(calls, account, id),
    stateAfter: (account, mail, draft, answer) => stateAfter(calls, account, { mail, draft }, answer),
    removeDraft: (account, id) => removeDraft(calls, account, id),
    removeLeftDrafts: (account, mail) => removeLeftDrafts(calls, account, mail),
    refusalIn,
    page: (account, cursor) => pageOf(calls, account, cursor, clock),
    whole: (account, row) => wholeOf(calls, account, row),
    head: (account, row) => headOf(calls, account, row),
    findSent: (account, mails) => findAtGmail(calls, account, mails),
    findPlaced: (account, ids) => findPlacedAtGmail(calls, account, ids, clock),
    readKept: (account, messageId) => readKeptAtGmail(calls, account, messageId),
    lookThroughSent: (account, known) => lookThroughSentAtGmail(calls, account, known, clock),
    greet: (account) => greet(calls, account),
  };
}
