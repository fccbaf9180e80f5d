// Microsoft Graph as a mailbox is sent and read by it: an email before and after it is sent is one message, which is a draft until
// Exchange has it and then lies in Sent Items under the same immutable id.

import type { ApiCalls } from "../by-api/calls.ts";
import type { ApiMailboxes } from "../by-api/mailbox.ts";
import type { ServerClock } from "../server-clock.ts";
import { withLastingIds } from "./dialect.ts";
import { makeDraft, pathOf, removeDraft, removeLeftDrafts, sendDraft, stateOf } from "./drafts.ts";
import { headOf, INBOX, JUNK, pageOf, wholeOf } from "./folders.ts";
import { findPlacedAtGraph, readKeptAtGraph } from "./placed.ts";
import { refusalIn } from "./refusals.ts";
import { findAtGraph, lookThroughSentAtGraph } from "./sent.ts";

export function graphMailboxes(calls: ApiCalls, clock: ServerClock): ApiMailboxes {
  return {
    name: "Microsoft Graph",
    inbox: INBOX,
    junk: JUNK,
    makeDraft: (account, { raw }) => makeDraft(calls, account, raw),
    sendDraft: (account, { id }) => sendDraft(calls, account, id),
    async stateAfter(account, _mail, { id, messageId }, answer) {
      const state = await stateOf(calls, account, id);
      // Microsoft says it without a word; a page beside it is of another server on the way.
      const isTaken = answer.kind === "answered" && answer.status === 202 && answer.isEmpty;
      return isTaken && state.is !== "sent" ? { is: "sent", messageId, threadId: null } : state;
    },
    removeDraft: (account, id) => removeDraft(calls, account, id),
    removeLeftDrafts: (account, { messageId, envelope }) =>
      removeLeftDrafts(calls, account, { internetMessageId: messageId, recipient: envelope.to }),
    refusalIn: (answer) => (answer.kind === "answered" ? refusalIn(answer) : null),
    page: (account, cursor) => pageOf(calls, account, cursor, clock),
    whole: (account, { id }) => wholeOf(calls, account, pathOf(id)),
    head: (account, { id }) => headOf(calls, account, pathOf(id)),
    findSent: (account, mails) => findAtGraph(calls, account, mails),
    findPlaced: (account, ids) => findPlacedAtGraph(calls, account, ids, clock),
    readKept: (account, messageId) => readKeptAtGraph(calls, account, messageId),
    lookThroughSent: (account, known) => lookThroughSentAtGraph(calls, account, known, clock),
    greet: (account) =>
      calls.ask(account, { path: "/me/mailFolders/inbox?$select=id", headers: withLastingIds() }),
  };
}
