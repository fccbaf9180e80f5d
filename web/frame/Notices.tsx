// Notices on every page: that no mail leaves at all, that some mail is caught, or that a sample is on its way.

import { Button, Loader } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconAlertTriangle, IconMailPause } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Trans } from "../language/Trans.tsx";
import { t } from "../language/t.ts";
import { useWaiting } from "../pages/insight/home/waiting.ts";
import { Moment } from "../parts/Moment.tsx";
import { useIsAdmin, useMe } from "../session.ts";
import classes from "./Notices.module.css";

const ConfirmSending = lazy(async () => ({
  default: (await import("../pages/settings/installation/ConfirmSending.tsx")).ConfirmSending,
}));

export function Notices() {
  const { data } = useWaiting();
  const isSandbox = useMe().sandbox !== null;
  const catches = useRemembered(data?.catches_mail) && !isSandbox;
  const isComing = useSample(data?.sample_coming);
  const failedJobs = data?.failed_jobs ?? 0;
  const behind = data?.inboxes_behind ?? 0;
  const brakes = data?.brakes ?? [];
  const proxy = data?.undeclared_proxy ?? null;
  const aside = data?.set_aside ?? [];
  const waitsForStandby = data?.waits_for_standby ?? false;
  const isHeld = (data?.sending_held ?? false) || waitsForStandby;
  const isQuiet = !isHeld && !catches && !isComing && proxy === null && aside.length === 0;
  if (isQuiet && failedJobs + behind + brakes.length === 0) return null;
  return (
    <aside aria-label={t("Notices")}>
      {data?.sending_held && <Held />}
      {waitsForStandby && (
        <div className={classes.notice} data-bad role="status">
          <IconMailPause size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            {t(
              "Emails are on hold, because no standby of the database confirms what is written. Sending resumes as soon as one does.",
            )}
          </p>
        </div>
      )}
      {failedJobs > 0 && (
        <div className={classes.notice} data-bad role="status">
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            {t("{failedJobs, plural, one {# background job failed.} other {# background jobs failed.}}", {
              failedJobs,
            })}{" "}
            <Link to="/">{t("View failed jobs")}</Link>
          </p>
        </div>
      )}
      {behind > 0 && (
        <div className={classes.notice} data-bad role="status">
          <IconMailPause size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            <Trans
              text="{behind, plural, one {# mailbox has} other {# mailboxes have}} not been read for some minutes. Its sequence emails are on hold, because there may be unread replies. <link>View mailboxes</link>"
              values={{ behind }}
              tags={{ link: <Link to="/settings/mailboxes" /> }}
            />
          </p>
        </div>
      )}
      {brakes.length > 0 && <Brakes brakes={brakes} />}
      {aside.length > 0 && <SetAside aside={aside} />}
      {proxy !== null && (
        <div className={classes.notice} data-bad role="status">
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            {t(
              "Requests come through an unknown proxy at {proxy}, so all users seem to have the same IP address. Set CADENZA_TRUSTED_PROXIES to this address.",
              { proxy },
            )}
          </p>
        </div>
      )}
      {isComing && (
        <div className={classes.notice} role="status">
          <Loader size="1rem" aria-hidden className={classes.sign} />
          <p>{t("Creating the sample data. This takes a few seconds.")}</p>
        </div>
      )}
      {catches && (
        <div className={classes.notice} role="note">
          <IconMailPause size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            <Trans
              text="Test mode: test mailboxes do not send real email. <link>Open test inbox</link>"
              tags={{ link: <Link to="/settings/catcher" /> }}
            />
          </p>
        </div>
      )}
    </aside>
  );
}

type Aside = NonNullable<ReturnType<typeof useWaiting>["data"]>["set_aside"];

type Brake = NonNullable<ReturnType<typeof useWaiting>["data"]>["brakes"][number];

/** Emails that are held because too many came back. */
function Brakes({ brakes }: { brakes: readonly Brake[] }) {
  const more = brakes.length - 1;
  return (
    <div className={classes.notice} data-bad role="status">
      <IconMailPause size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
      <p>
        {brakes[0]?.sentence}{" "}
        {more > 0 && t("{more, plural, one {# more brake is on.} other {# more brakes are on.}}", { more })}{" "}
        <Link to="/settings/team">{t("View brakes")}</Link>
      </p>
    </div>
  );
}

/** Work that failed, and is tried again by itself. */
function SetAside({ aside }: { aside: Aside }) {
  const next = aside.map((one) => one.tried_again_at).sort()[0];
  return (
    <div className={classes.notice} data-bad role="status">
      <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
      <p>
        {t("Some work failed and is skipped for now: {aside}. Everything else continues.", {
          aside: aside
            .map(({ says, subjects }) => (subjects > 1 ? `${says} (${subjects})` : says))
            .join(", "),
        })}{" "}
        {next && (
          <>
            {t("Next try:")} <Moment at={next} />.
          </>
        )}
      </p>
    </div>
  );
}

/** Whether it is on its way. Once it is there every page is asked for anew. */
function useSample(isComing: boolean | undefined) {
  const client = useQueryClient();
  const was = useRef(isComing);
  useEffect(() => {
    if (was.current && isComing === false) void client.invalidateQueries();
    was.current = isComing;
  }, [isComing, client]);
  return isComing;
}

const MARK = "cadenza-catches-mail";

/** As it was last time, until it is known: what comes a moment later would push the page down. */
function useRemembered(known: boolean | undefined) {
  const [last, setLast] = useLocalStorage({ key: MARK, defaultValue: false, getInitialValueInEffect: false });
  useEffect(() => {
    if (known !== undefined && known !== last) setLast(known);
  }, [known, last, setLast]);
  return known ?? last;
}

function Held() {
  const isAdmin = useIsAdmin();
  const [asks, setAsks] = useState(false);
  return (
    <div className={classes.notice} data-bad role="alert">
      <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
      <p>
        {t("Sending is paused: this database may be a copy. {value}", {
          value: !isAdmin && t("Ask an admin to check it."),
        })}
      </p>
      {isAdmin && (
        <Button variant="default" size="compact-sm" onClick={() => setAsks(true)}>
          {t("Review")}
        </Button>
      )}
      {asks && (
        <Suspense>
          <ConfirmSending onClose={() => setAsks(false)} />
        </Suspense>
      )}
    </div>
  );
}
