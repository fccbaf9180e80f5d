import { useQuery } from "@tanstack/react-query";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { greetingAt } from "../../parts/when.ts";
import { useIsAdmin, useMe } from "../../session.ts";
import { keysQuery } from "../api-keys/queries.ts";
import { usePeople } from "../people/queries.ts";
import { Checklist } from "./Checklist.tsx";
import classes from "./HomePage.module.css";
import { PointClient } from "./PointClient.tsx";
import { hasCalled, stepsFor } from "./started.ts";

const TODAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** Today. What needs somebody will stand here, above what helps to begin. */
export function HomePage() {
  const { user, team } = useMe();
  const isAdmin = useIsAdmin();
  const now = new Date();
  const greeting = `${greetingAt(now.getHours())}, ${user.first_name ?? user.name}`;
  return (
    <Page title={greeting} state={`${TODAY.format(now)} at ${team.name}.`}>
      <div className={classes.today}>
        {isAdmin && <GettingStarted />}
        <PointClient />
      </div>
    </Page>
  );
}

/** Stays when all is done, until a first real reply will take its place: what leaves by itself makes the page jump. */
function GettingStarted() {
  const { user, team } = useMe();
  const people = usePeople();
  // Asked again and again until it is so: whoever tries the example watches this step for the call to arrive.
  const keys = useQuery({
    ...keysQuery,
    staleTime: 0,
    refetchInterval: ({ state }) => !hasCalled(state.data) && 4000,
  });
  const error = people.error ?? keys.error;
  if (error)
    return <Trouble error={error} onRetry={() => void Promise.all([people.refetch(), keys.refetch()])} />;
  const steps =
    people.data &&
    keys.data &&
    stepsFor({
      teamName: team.name,
      colleagues: people.data.filter(({ id, state }) => id !== user.id && state !== "deactivated").length,
      keys: keys.data,
    });
  return <Checklist steps={steps} />;
}
