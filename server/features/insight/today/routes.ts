import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { readMoment, stored } from "../../../kernel/moments.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { countUnseenFailures, jobViewerOf } from "../../events/progress/store.ts";
import { asideByLoop } from "../../events/set-aside/store.ts";
import { listBrakes } from "../../gate/brakes/store.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { visibleSequences } from "../../sending/message-search/store.ts";
import { mailboxesStand } from "../explaining/mailbox.ts";
import { newsScope } from "./commands.ts";
import { countNews, listNews } from "./news-store.ts";
import {
  presentBox,
  presentDay,
  presentHeldUp,
  presentNewsLine,
  presentNewsRow,
  presentToday,
} from "./present.ts";
import { countWaitingToday, daysOfMail, heldUp, mailboxesToday } from "./store.ts";

/** What failed longer ago is no news. */
const NEWS_FOR = { hours: 24 * 14 };

export const routes = [
  route(contract.today.counts, async ({ app, db, caller, now, input }) => {
    const endsAt = input.due_before === undefined ? now : readMoment(input.due_before);
    const at = { now, endsAt, failedFrom: now.subtract(NEWS_FOR) };
    const whose = { userId: input.user_id ?? null, viewerId: viewerIn(caller) };
    const counts = await countWaitingToday(db, caller.teamId, whose, at);
    const failedJobs = await countUnseenFailures(db, caller.teamId, jobViewerOf(caller), at.failedFrom);
    const aside = caller.role === "admin" ? await asideByLoop(db, caller.teamId, now) : [];
    const undeclaredProxy = caller.role === "admin" ? app.undeclaredProxy : null;
    const all = await listBrakes(db, caller.teamId, viewerIn(caller), false);
    const brakes = all.filter(
      ({ isInUse, ownerId }) =>
        isInUse && (caller.role === "admin" || ownerId === null || ownerId === caller.userId),
    );
    const noticed = { failedJobs, undeclaredProxy, aside, brakes };
    return { counts: presentToday({ ...counts, ...noticed }, await readFence(db)) };
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

  route(contract.today.news, async ({ input, ...act }) => {
    const scope = newsScope(act, input);
    const lines = await countNews(act.db, act.caller.teamId, scope);
    return { news: { since: stored(scope.since), lines: lines.map(presentNewsLine) } };
  }),

  route(contract.today.newsRows, async ({ input, ...act }) => {
    const { kind, group = null, page, per_page } = input;
    const bounds = { limit: per_page, offset: (page - 1) * per_page };
    const found = await listNews(act.db, act.caller.teamId, newsScope(act, input), { kind, group }, bounds);
    const total_pages = Math.ceil(found.total / per_page);
    return {
      rows: found.rows.map(presentNewsRow),
      pagination: { page, per_page, total_entries: found.total, total_pages },
    };
  }),
];
