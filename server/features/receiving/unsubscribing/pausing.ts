// A pause by the reader: the team sends them nothing for three months, in no sequence and not by hand. Then
// everything goes on by itself. The same link can undo it for a day, as it can unsubscribing.

import type { App } from "../../../app.ts";
import { pauseAskedFor, sameAs } from "../../../domain/contacts/pausing.ts";
import { newId } from "../../../kernel/ids.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import * as pausing from "../../contacts/pausing/store.ts";
import { claimAddresses } from "../../contacts/suppressions/claims.ts";
import { liftOfSource } from "../../contacts/suppressions/claims-store.ts";
import type { By } from "../../events/events/store.ts";
import * as store from "../../sending/links/store.ts";
import { pauseNewcomersLater } from "./newcomers.ts";
import { liftPause, tellPaused } from "./pause-writing.ts";
import { mayChoose, readersOf } from "./readers.ts";

/** All contacts with this address, as for leaving; newcomers a moment later. Answers whether that is news. */
export async function pauseReader(by: By, letter: store.LinkedMail, { jobs }: Pick<App, "jobs">) {
  const { db, teamId, now } = by;
  const { messageId, contactId } = letter;
  if (!mayChoose(letter)) return false;
  const until = pauseAskedFor(now);
  const terms = { until, sameAs: sameAs(until), now };
  const known = await lockIds(db, teamId, await readersOf(by, letter));
  const paused = await pausing.pause(db, teamId, known, terms);
  if (paused.length === 0) return false;
  await claimAddresses(by, { source: "link", sourceId: messageId }, [
    { address: letter.toEmail ?? "", kind: "paused", until },
  ]);
  const detail = { contactIds: paused, until: until.toString() };
  await store.insertMessageEvent(
    db,
    teamId,
    { id: newId(), messageId, contactId, type: "pause", detail },
    now,
  );
  await tellPaused(by, messageId, until, paused);
  await pauseNewcomersLater(jobs, by, messageId);
  return true;
}

/** Also for contacts who got the same pause since: merged with one who asked for it, or new under their address. */
export async function takeBackPause(
  by: By,
  letter: store.LinkedMail,
  pause: store.Pause,
  { jobs }: Pick<App, "jobs">,
) {
  const { db, teamId, now } = by;
  const { messageId } = letter;
  const { contactIds = [], until } = pause.detail;
  const there = await lockIds(db, teamId, [...new Set([...contactIds, ...(await readersOf(by, letter))])]);
  const lifted = await liftPause(by, { messageId, contactIds: there, until: Temporal.Instant.from(until) });
  const of = { source: "link", sourceId: messageId, before: { contactIds: [], suppressionIds: [] } };
  const because = "taken_back_by_link";
  if (letter.toEmail !== null) await liftOfSource(db, teamId, of, { userId: null, because, now });
  await store.forgetPause(db, teamId, pause.id);
  await pauseNewcomersLater(jobs, by, messageId);
  return lifted > 0;
}
