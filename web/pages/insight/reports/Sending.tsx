import { Button, Checkbox, MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { TimeField } from "../../../parts/dates/TimeField.tsx";
import lines from "../../../parts/Lines.module.css";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useMe } from "../../../session.ts";
import type { View } from "../../contacts/views/queries.ts";
import { useSendable, usualOf } from "../../mail/mailboxes/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import {
  type ReportSchedule,
  runsQuery,
  schedulesQuery,
  useSchedule,
  useSwitch,
  useUnschedule,
} from "./queries.ts";
import classes from "./Reports.module.css";

const EVERY = perLanguage(() => [
  { value: "day", label: t("Every day") },
  { value: "weekday", label: t("Monday to Friday") },
  { value: "week", label: t("Every week") },
  { value: "month", label: t("Every month") },
]);
const WEEKDAYS = perLanguage(() => [
  t("Monday"),
  t("Tuesday"),
  t("Wednesday"),
  t("Thursday"),
  t("Friday"),
  t("Saturday"),
  t("Sunday"),
]);

/** When a saved report is sent, to whom, and the result of the last time. */
export function Sending({ view, onClose }: { view: View; onClose: () => void }) {
  const found = useQuery(schedulesQuery(view.id));
  return (
    <Dialog title={t("Schedule “{name}”", { name: view.name })} onClose={onClose} size="md">
      <div className="stack" style={{ gap: 24 }}>
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
        {found.data && found.data.length > 0 && (
          <ul className={lines.rows} aria-label={t("Schedules")}>
            {found.data.map((one) => (
              <Line key={one.id} schedule={one} />
            ))}
          </ul>
        )}
        <NewSchedule view={view} />
      </div>
    </Dialog>
  );
}

function Line({ schedule }: { schedule: ReportSchedule }) {
  const { data: people = [] } = usePeople();
  const [last] = useQuery(runsQuery(schedule.id)).data ?? [];
  const change = useSwitch();
  const remove = useUnschedule();
  const names = people.filter(({ id }) => schedule.user_ids.includes(id)).map(({ name }) => name);
  return (
    <li className={lines.row}>
      <span className={lines.top}>
        <span>
          {sayWhen(schedule)},{" "}
          {schedule.webhook_subscription_id
            ? t("to a webhook")
            : t("to {names}", { names: names.join(", ") || t("no recipients") })}
        </span>
        {schedule.next_run_at ? (
          <Moment at={schedule.next_run_at} />
        ) : (
          <span className="soft">{t("Off")}</span>
        )}
      </span>
      {last && (
        <span className="soft">
          {last.state === "failed"
            ? t("Last email failed: {failure}", { failure: last.failure })
            : last.state === "sent"
              ? t("Last sent")
              : t("Sending now")}{" "}
          {last.state === "sent" && <Moment at={last.ended_at} />}
        </span>
      )}
      <span className="row">
        <Checkbox
          label={t("Weekday")}
          checked={schedule.active}
          onChange={(event) => change.mutate({ id: schedule.id, active: event.currentTarget.checked })}
        />
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => remove.mutate(schedule.id)}>
          {t("Delete schedule")}
        </Button>
      </span>
      <Trouble error={change.error ?? remove.error} doing="writing" />
    </li>
  );
}

function sayWhen({ every, time, weekday, day, time_zone }: ReportSchedule) {
  const at = t("at {time} ({time_zone})", { time, time_zone });
  if (every === "week") return t("{weekday}s {at}", { weekday: WEEKDAYS[(weekday ?? 1) - 1], at });
  if (every === "month") return t("Monthly on day {day} {at}", { day: day ?? 1, at });
  return `${every === "day" ? t("Every day") : t("Monday to Friday")} ${at}`;
}

function NewSchedule({ view }: { view: View }) {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const mailboxes = useSendable();
  const [every, setEvery] = useState("week");
  const [weekday, setWeekday] = useState("1");
  const [day, setDay] = useState("1");
  const [time, setTime] = useState("08:00");
  const [to, setTo] = useState<string[]>([user.id]);
  const [chosen, setMailbox] = useState<string | null>(null);
  const mailbox = chosen ?? usualOf(mailboxes, user.id)?.id ?? mailboxes[0]?.id ?? null;
  const schedule = useSchedule();
  if (mailboxes.length === 0)
    return (
      <p className="soft">{t("Connect a mailbox first. Reports are sent from a mailbox of the team.")}</p>
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!mailbox) return;
        schedule.mutate({
          view_id: view.id,
          every: every as ReportSchedule["every"],
          time,
          email_account_id: mailbox,
          user_ids: to,
          ...(every === "week" && { weekday: Number(weekday) }),
          ...(every === "month" && { day: Number(day) }),
        });
      }}
    >
      <div className={classes.asking}>
        <Select
          label={t("Repeat")}
          data={EVERY}
          value={every}
          allowDeselect={false}
          onChange={(next) => setEvery(next ?? "week")}
        />
        {every === "week" && (
          <Select
            label={t("Weekday")}
            data={WEEKDAYS.map((label, n) => ({ value: String(n + 1), label }))}
            value={weekday}
            allowDeselect={false}
            onChange={(next) => setWeekday(next ?? "1")}
          />
        )}
        {every === "month" && (
          <Select
            label={t("On day")}
            data={Array.from({ length: 31 }, (_, n) => String(n + 1))}
            value={day}
            allowDeselect={false}
            onChange={(next) => setDay(next ?? "1")}
          />
        )}
        <TimeField label={t("At")} name={t("At")} value={time} onChange={setTime} />
      </div>
      <MultiSelect
        label={t("To")}
        data={people
          .filter(({ state }) => state === "active")
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={to}
        onChange={setTo}
      />
      <Select
        label={t("From")}
        data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
        value={mailbox}
        allowDeselect={false}
        onChange={setMailbox}
      />
      <Trouble error={schedule.error} doing="writing" />
      <div className="row end">
        <Button type="submit" loading={schedule.isPending} disabled={to.length === 0}>
          {t("Save schedule")}
        </Button>
      </div>
    </form>
  );
}
