import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { useLate } from "../../../parts/late.ts";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { greetingAt } from "../../../parts/when.ts";
import { useIsAdmin, useMe } from "../../../session.ts";
import { useOutboxCounts } from "../../mail/outbox/queries.ts";
import { Checklist } from "./Checklist.tsx";
import { FailedJobsPart, useFailedJobs } from "./FailedJobs.tsx";
import { Fortnight } from "./Fortnight.tsx";
import { Goals } from "./Goals.tsx";
import classes from "./HomePage.module.css";
import { MailboxHealth } from "./MailboxHealth.tsx";
import { MailsToday } from "./MailsToday.tsx";
import { MentionsPart, useMentions } from "./Mentions.tsx";
import { NeedsYou } from "./NeedsYou.tsx";
import { NoticesPart, useNotices } from "./Notices.tsx";
import { isNewsKind } from "./news-words.ts";
import { PointClient } from "./PointClient.tsx";
import { type Goal, type News, useFirstReply, useGoals, useNews, useToday } from "./queries.ts";
import { SinceLastDay } from "./SinceLastDay.tsx";
import { useSetupSteps } from "./setup-steps.ts";
import { connectedOf, stepsForMember } from "./started.ts";
import { TeamMailsToday } from "./TeamMailsToday.tsx";
import { useWaiting } from "./waiting.ts";

const GoalRows = lazy(async () => ({ default: (await import("./GoalRows.tsx")).GoalRows }));
const NewsRows = lazy(async () => ({ default: (await import("./NewsRows.tsx")).NewsRows }));

const TODAY = dateFormat({ weekday: "long", day: "numeric", month: "long" });

/** Today: what waits for the user, what went out, what came back; and the first steps, until the first reply. */
export function HomePage() {
  const { user, team } = useMe();
  const isAdmin = useIsAdmin();
  const now = currentTime();
  const greeting = `${greetingAt(now.getHours())}, ${user.first_name ?? user.name}`;
  const today = useToday();
  const waiting = useWaiting();
  const reply = useFirstReply();
  const notices = useNotices();
  const failed = useFailedJobs();
  const mentions = useMentions();
  const news = useNews();
  const goals = useGoals(user.id);
  const teamMails = useOutboxCounts(null, isAdmin);
  const setup = useSetupSteps(isAdmin && reply.data === false);
  const parts = [today, waiting, reply, notices, failed, mentions, news, goals, setup, teamMails];
  const error = parts.find((part) => part.error)?.error;
  return (
    <Page title={greeting} state={t("{now} at {name}.", { now: TODAY.format(now), name: team.name })}>
      <div className={classes.today}>
        {error && (
          <Trouble error={error} onRetry={() => void Promise.all(parts.map((part) => part.refetch()))} />
        )}
        {today.data &&
        waiting.data &&
        notices.data &&
        failed.data &&
        mentions.data &&
        news.data &&
        goals.data &&
        reply.data !== undefined &&
        setup.data &&
        (teamMails.data || !isAdmin) ? (
          // All at once, or what comes later would push down what is read already.
          <>
            <NeedsYou today={today.data} waiting={waiting.data} />
            <MentionsPart mentions={mentions.data} />
            <FailedJobsPart jobs={failed.data} />
            <NoticesPart notices={notices.data} />
            <MailsToday mails={waiting.data.mails} />
            {teamMails.data && <TeamMailsToday today={today.data} mails={teamMails.data} />}
            <SinceLastDay news={news.data} />
            <Goals userId={user.id} goals={goals.data} leads />
            <Checklist steps={isAdmin ? setup.data : stepsForMember(connectedOf(today.data.mailboxes))} />
            <Fortnight days={today.data.days} isOfTeam={isAdmin} />
            <MailboxHealth mailboxes={today.data.mailboxes} />
            {setup.data.length > 0 && <PointClient />}
            <Suspense>
              <Opened news={news.data} goals={goals.data} />
            </Suspense>
          </>
        ) : (
          !error && <HomeSkeleton />
        )}
      </div>
    </Page>
  );
}

/** The records behind the line that the address names. */
function Opened({ news, goals }: { news: News; goals: readonly Goal[] }) {
  const [{ kind = "", about: group = null }, change] = useAddress();
  const close = () => change({ kind: undefined, about: undefined });
  const [of, name = ""] = kind.split(":");
  const goal = of === "goal" && goals.find(({ id }) => id === name);
  if (goal) return <GoalRows goal={goal} onClose={close} />;
  if (of !== "news" || !isNewsKind(name)) return null;
  return <NewsRows wish={{ kind: name, group, since: news.since }} news={news} onClose={close} />;
}

function HomeSkeleton() {
  const isLate = useLate(true);
  return (
    <div aria-busy="true" className="stack">
      {isLate && ["a", "b", "c"].map((line) => <Skeleton key={line} height={56} />)}
    </div>
  );
}
