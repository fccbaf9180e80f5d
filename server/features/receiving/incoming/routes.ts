import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { route, routeFileWithBefore } from "../../../http/route.ts";
import { isInstant, readMoment } from "../../../kernel/moments.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { placeIn, presentSearchCursor, readSearchCursor } from "../../contacts/contact-search/present.ts";
import { assignAll } from "./assigning.ts";
import { fetchFile } from "./fetching-file.ts";
import { handle, handleAll } from "./handling.ts";
import { type Overruling, overrule, overruleAll } from "./overruling.ts";
import { presentIncoming } from "./present.ts";
import { narrowedBy } from "./search-input.ts";
import { searchIncoming } from "./search-store.ts";
import { settleIncoming } from "./settling.ts";
import { snoozeAll } from "./snoozing.ts";
import { showIncoming } from "./store.ts";
import { dropSuggestion, takeSuggestion } from "./suggested.ts";
import type { Left } from "./taking-back.ts";
import { totalsFor } from "./totals.ts";

const orderOf = (holdsFirst: boolean) => (holdsFirst ? "holds" : "received_at");

/** With what holds first, a place is its rank and its moment. */
function placeAfter(cursor: string | undefined, holdsFirst: boolean) {
  if (!holdsFirst) return placeIn(cursor, orderOf(false), false);
  const place = cursor ? readSearchCursor(cursor, orderOf(true), false) : null;
  const [, rank, value] = /^([0-3]) (.+)$/.exec(place?.value ?? "") ?? [];
  if (cursor && !(value && isInstant(value))) throw new Refusal("invalid_cursor");
  return place && value ? { id: place.id, value, rank: Number(rank) } : null;
}

export const routes = [
  route(contract.incomingMails.list, async ({ db, caller, input }) => {
    const isFirstPage = input.page === 1 && !input.cursor;
    const { rows, total, last } = await searchIncoming(
      db,
      caller.teamId,
      {
        ...narrowedBy(input),
        viewerId: viewerIn(caller),
        after: placeAfter(input.cursor, input.holds_first ?? false),
        ...rowsOf(input),
      },
      totalsFor({ isFirstPage }),
    );
    return {
      incoming_mails: rows.map(presentIncoming),
      pagination: {
        ...pagination(input, total),
        next_cursor: last && presentSearchCursor(orderOf(input.holds_first ?? false), false, last),
      },
    };
  }),

  route(contract.incomingMails.get, async ({ input, ...act }) => ({
    incoming_mail: await shown(act, input.id),
  })),

  routeFileWithBefore(
    contract.incomingMails.attachment,
    (scene) => fetchFile(scene, scene.input.id, scene.input.position),
    async ({ before }) => before,
  ),

  route(contract.incomingMails.handle, async ({ input, ...act }) => {
    await handle(act, input.id, input.handled);
    return { incoming_mail: await shown(act, input.id) };
  }),

  route(contract.incomingMails.bulkHandle, async ({ input, ...act }) => {
    const { changed, left } = await handleAll(act, input.incoming_mail_ids, input.handled);
    return { incoming_mail_ids: changed, left };
  }),

  route(contract.incomingMails.bulkSnooze, async ({ input, ...act }) => {
    const until = input.until === null ? null : readMoment(input.until);
    const { changed, left } = await snoozeAll(act, input.incoming_mail_ids, until);
    return { incoming_mail_ids: changed, left };
  }),

  route(contract.incomingMails.bulkAssign, async ({ input, ...act }) => {
    const { changed, left } = await assignAll(act, input.incoming_mail_ids, input.user_id);
    return { incoming_mail_ids: changed, left };
  }),

  route(contract.incomingMails.settle, async ({ input, ...act }) => {
    const { kind, ...said } = input;
    const { left } = await settleIncoming(act, input.id, kind ? saidIn({ ...said, kind }) : null);
    return {
      incoming_mail: await shown(act, input.id),
      left_contact_campaign_status_ids: reasonsOf(left),
    };
  }),

  route(contract.incomingMails.overrule, async ({ input, ...act }) => {
    const { left } = await overrule(act, input.id, saidIn(input));
    return {
      incoming_mail: await shown(act, input.id),
      left_contact_campaign_status_ids: reasonsOf(left),
    };
  }),

  route(contract.incomingMails.decideSuggestion, async ({ input, ...act }) => {
    const returnsOn = input.returns_on ? Temporal.PlainDate.from(input.returns_on) : null;
    const left =
      input.decision === "accept"
        ? await takeSuggestion(act, input.id, returnsOn)
        : await dropSuggestion(act, input.id);
    return {
      incoming_mail: await shown(act, input.id),
      left_contact_campaign_status_ids: reasonsOf(left),
    };
  }),

  route(contract.incomingMails.bulkOverrule, async ({ input, ...act }) => {
    const { done, left, leftThere } = await overruleAll(act, input.incoming_mail_ids, saidIn(input));
    return { incoming_mail_ids: done, left, left_contact_campaign_status_ids: reasonsOf(leftThere) };
  }),
];

function saidIn(input: Omit<z.output<typeof contract.incomingMails.overrule.input>, "id">): Overruling {
  return {
    kind: input.kind,
    replyClass: input.reply_class ?? null,
    returnsOn: input.returns_on ? Temporal.PlainDate.from(input.returns_on) : null,
    bounceClass: input.bounce_class ?? null,
  };
}

function reasonsOf(left: readonly Left[]) {
  return Object.fromEntries(left.map(({ id, code }) => [id, code]));
}

async function shown({ db, caller }: Act, id: string) {
  const row = await showIncoming(db, caller.teamId, id, viewerIn(caller));
  if (!row) throw new Refusal("record_not_found");
  return presentIncoming(row);
}
