// What everybody has to know wherever they are: that no mail leaves at all, that some of it stays in the house, or that a sample is
// on its way.

import { Button, Loader } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconAlertTriangle, IconMailPause } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useWaiting } from "../pages/home/waiting.ts";
import { Moment } from "../parts/Moment.tsx";
import { useIsAdmin } from "../session.ts";
import classes from "./Notices.module.css";

const ConfirmSending = lazy(async () => ({
  default: (await import("../pages/installation/ConfirmSending.tsx")).ConfirmSending,
}));

export function Notices() {
  const { data } = useWaiting();
  const catches = useRemembered(data?.catches_mail);
  const isComing = useSample(data?.sample_coming);
  const failedJobs = data?.failed_jobs ?? 0;
  const behind = data?.inboxes_behind ?? 0;
  const proxy = data?.undeclared_proxy ?? null;
  const aside = data?.set_aside ?? [];
  const isQuiet = !data?.sending_held && !catches && !isComing && proxy === null && aside.length === 0;
  if (isQuiet && failedJobs + behind === 0) return null;
  return (
    <aside aria-label="Notices">
      {data?.sending_held && <Held />}
      {failedJobs > 0 && (
        <div className={classes.notice} data-bad role="status">
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            {failedJobs === 1 ? "A job failed." : `${failedJobs} jobs failed.`}{" "}
            <Link to="/">See what was not done</Link>
          </p>
        </div>
      )}
      {behind > 0 && (
        <div className={classes.notice} data-bad role="status">
          <IconMailPause size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            {behind === 1 ? "The inbox of a mailbox has" : `The inboxes of ${behind} mailboxes have`} not been
            read for some minutes. Mails wait until that is done, because answers may lie there.{" "}
            <Link to="/settings/mailboxes">See which</Link>
          </p>
        </div>
      )}
      {aside.length > 0 && <SetAside aside={aside} />}
      {proxy !== null && (
        <div className={classes.notice} data-bad role="status">
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            Requests come through a proxy at {proxy} that is not declared. All people share its address, in
            the audit log and where wrong passwords slow down sign-ins. Set CADENZA_TRUSTED_PROXIES to it.
          </p>
        </div>
      )}
      {isComing && (
        <div className={classes.notice} role="status">
          <Loader size="1rem" aria-hidden className={classes.sign} />
          <p>The sample is being put together. It is here in a few seconds.</p>
        </div>
      )}
      {catches && (
        <div className={classes.notice} role="note">
          <IconMailPause size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
          <p>
            The mail catcher is on: what its mailboxes send stays in the house.{" "}
            <Link to="/settings/catcher">See what was caught</Link>
          </p>
        </div>
      )}
    </aside>
  );
}

type Aside = NonNullable<ReturnType<typeof useWaiting>["data"]>["set_aside"];

/** Work that failed, and is tried again by itself. */
function SetAside({ aside }: { aside: Aside }) {
  const next = aside.map((one) => one.tried_again_at).sort()[0];
  return (
    <div className={classes.notice} data-bad role="status">
      <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
      <p>
        Some work failed and is set aside:{" "}
        {aside.map(({ says, subjects }) => (subjects > 1 ? `${says} (${subjects})` : says)).join(", ")}.
        Everything else goes on.{" "}
        {next && (
          <>
            It is tried again <Moment at={next} />.
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
        No mail leaves: this database may be a copy of one that sends already.{" "}
        {!isAdmin && "Tell an admin, or whoever runs this Cadenza."}
      </p>
      {isAdmin && (
        <Button variant="default" size="compact-sm" onClick={() => setAsks(true)}>
          Look into it
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
