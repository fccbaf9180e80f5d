import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { readMoment } from "../../moments.ts";
import { mailboxesStand } from "../explaining/mailbox.ts";
import { readFence } from "../fence/store.ts";
import { visibleSequences } from "../message-search/store.ts";
import { countUnseenFailures, viewerOf } from "../progress/store.ts";
import { asideByLoop } from "../set-aside/store.ts";
import { viewerIn } from "../sharing/sight.ts";
import { presentBox, presentCounts, presentDay, presentHeldUp } from "./present.ts";
import { countWaiting, daysOfMail, heldUp, mailboxesToday } from "./store.ts";

/** What failed longer ago is no news. */
const NEWS_FOR = { hours: 24 * 14 };

export const routes = [
  route(contract.today.counts, async ({ app, db, caller, now, input }) => {
    const endsAt = input.due_before === undefined ? now : readMoment(input.due_before);
    const at = { now, endsAt, failedFrom: now.subtract(NEWS_FOR) };
    const whose = { userId: input.user_id ?? null, viewerId: viewerIn(caller) };
    const counts = await countWaiting(db, caller.teamId, whose, at);
    const failedJobs = await countUnseenFailures(db, caller.teamId, viewerOf(caller), at.failedFrom);
    const aside = caller.role === "admin" ? await asideByLoop(db, caller.teamId, now) : [];
    const undeclaredProxy = caller.role === "admin" ? app.undeclaredProxy : null;
    return { counts: presentCounts({ ...counts, failedJobs, undeclaredProxy, aside }, await readFence(db)) };
  }),

  route(contract.today.show, async ({ db, caller, now, input }) => {
    const { teamId, userId, role } = caller;
    const whose = { userId: input.user_id ?? null };
    const sequenceIds = role === "admin" ? null : await visibleSequences(db, teamId, userId);
    const until = now.toZonedDateTimeISO(input.time_zone).toPlainDate();
    const days = { from: until.subtract({ days: input.days - 1 }), until, zone: input.time_zone };
    const held = await heldUp(db, teamId, { ...whose, sequenceIds }, now.subtract(NEWS_FOR));
    const mailboxes = await mailboxesToday(db, teamId, whose, now);
    const ids = mailboxes.map(({ id }) => id);
    const standings = await mailboxesStand({ db, caller, now }, ids);
    return {
      today: {
        held: held.map(presentHeldUp),
        mailboxes: mailboxes.flatMap((box) => {
          const standing = standings.get(box.id);
          return standing ? [presentBox(box, standing)] : [];
        }),
        days: (await daysOfMail(db, teamId, whose, days)).map(presentDay),
      },
    };
  }),
];
