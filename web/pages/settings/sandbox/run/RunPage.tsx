import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useSandboxClock } from "../../../../frame/sandbox-clock.ts";
import { dateFormat } from "../../../../language/formats.ts";
import { t } from "../../../../language/t.ts";
import { useAddress } from "../../../../parts/address.ts";
import { Page } from "../../../../parts/Page.tsx";
import { Trouble } from "../../../../parts/Trouble.tsx";
import { AdminsOnly } from "../../settings/AdminsOnly.tsx";
import { NoSandbox } from "../NoSandbox.tsx";
import { added, countedIn } from "./kinds.ts";
import { boundsOf, dayOf, monthAfter } from "./month.ts";
import { daysQuery, zone } from "./queries.ts";
import { RunCalendar } from "./RunCalendar.tsx";
import { RunEvents } from "./RunEvents.tsx";
import classes from "./RunPage.module.css";

const MONTH = dateFormat({ month: "long", year: "numeric", timeZone: "UTC" });

/** The run of a sandbox: a calendar of what happened, and below it each event. */
export function RunPage() {
  const clock = useSandboxClock();
  if (!clock) return <NoSandbox />;
  return (
    <AdminsOnly title={t("What happened")} what={t("This page shows what happened in the sandbox.")}>
      <Run today={dayOf(clock.now, zone())} />
    </AdminsOnly>
  );
}

function Run({ today }: { today: string }) {
  const [{ view, from }, change] = useAddress();
  const month = view && /^\d{4}-(0[1-9]|1[0-2])$/.test(view) ? view : today.slice(0, 7);
  const chosen = from?.startsWith(`${month}-`) ? from : null;
  const bounds = boundsOf(month);
  const {
    data: days = [],
    error,
    refetch,
  } = useQuery({ ...daysQuery(bounds), placeholderData: keepPreviousData });
  const counted = countedIn(added(days));
  const go = (months: number) => change({ view: monthAfter(month, months), from: undefined });
  return (
    <Page
      title={t("What happened")}
      within={<Link to="/settings/sandbox">{t("Sandbox")}</Link>}
      state={counted.map(({ says }) => says).join(" · ") || t("Nothing was sent or answered in this month.")}
    >
      <div className={classes.months}>
        <ActionIcon variant="default" aria-label={t("Previous month")} onClick={() => go(-1)}>
          <IconChevronLeft size="1rem" aria-hidden />
        </ActionIcon>
        <h2 className={classes.heading} aria-live="polite">
          {MONTH.format(new Date(`${month}-01T00:00:00Z`))}
        </h2>
        <ActionIcon variant="default" aria-label={t("Next month")} onClick={() => go(1)}>
          <IconChevronRight size="1rem" aria-hidden />
        </ActionIcon>
      </div>
      <Trouble error={error} onRetry={() => void refetch()} />
      <RunCalendar
        month={month}
        days={days}
        today={today}
        chosen={chosen}
        onChoose={(day) => change({ from: day ?? undefined })}
      />
      <RunEvents from={chosen ?? bounds.from} until={chosen ?? bounds.until} chosen={chosen} />
    </Page>
  );
}
