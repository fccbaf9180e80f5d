import { Button, Checkbox, MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { TimeField } from "../../parts/dates/TimeField.tsx";
import lines from "../../parts/Lines.module.css";
import { Moment } from "../../parts/Moment.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useMe } from "../../session.ts";
import { mailboxesQuery } from "../mailboxes/queries.ts";
import { usePeople } from "../people/queries.ts";
import type { View } from "../views/queries.ts";
import {
  runsQuery,
  type Schedule,
  schedulesQuery,
  useSchedule,
  useSwitch,
  useUnschedule,
} from "./queries.ts";
import classes from "./Reports.module.css";

const EVERY = [
  { value: "day", label: "Every day" },
  { value: "weekday", label: "Every day from Monday to Friday" },
  { value: "week", label: "Every week" },
  { value: "month", label: "Every month" },
];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** When a kept report goes out, to whom, and what became of it the last time. */
export function Sending({ view, onClose }: { view: View; onClose: () => void }) {
  const found = useQuery(schedulesQuery(view.id));
  return (
    <Dialog title={`Send “${view.name}”`} onClose={onClose} size="md">
      <div className="stack" style={{ gap: 24 }}>
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
        {found.data && found.data.length > 0 && (
          <ul className={lines.rows} aria-label="When it is sent">
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

function Line({ schedule }: { schedule: Schedule }) {
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
          {schedule.webhook_subscription_id ? "to a webhook" : `to ${names.join(", ") || "nobody"}`}
        </span>
        {schedule.next_run_at ? (
          <Moment at={schedule.next_run_at} />
        ) : (
          <span className="soft">Switched off</span>
        )}
      </span>
      {last && (
        <span className="soft">
          {last.state === "failed"
            ? `The last one failed: ${last.failure}`
            : last.state === "sent"
              ? "The last one was sent "
              : "One is on its way "}
          {last.state === "sent" && <Moment at={last.ended_at} />}
        </span>
      )}
      <span className="row">
        <Checkbox
          label="Switched on"
          checked={schedule.active}
          onChange={(event) => change.mutate({ id: schedule.id, active: event.currentTarget.checked })}
        />
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => remove.mutate(schedule.id)}>
          No longer send it
        </Button>
      </span>
      <Trouble error={change.error ?? remove.error} doing="writing" />
    </li>
  );
}

function sayWhen({ every, time, weekday, day, time_zone }: Schedule) {
  const at = `at ${time} (${time_zone})`;
  if (every === "week") return `${WEEKDAYS[(weekday ?? 1) - 1]}s ${at}`;
  if (every === "month") return `On the ${day ?? 1}. of the month ${at}`;
  return `${every === "day" ? "Every day" : "Monday to Friday"} ${at}`;
}

function NewSchedule({ view }: { view: View }) {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const mailboxes = (useQuery(mailboxesQuery).data ?? []).filter(({ active }) => active);
  const [every, setEvery] = useState("week");
  const [weekday, setWeekday] = useState("1");
  const [day, setDay] = useState("1");
  const [time, setTime] = useState("08:00");
  const [to, setTo] = useState<string[]>([user.id]);
  const [chosen, setMailbox] = useState<string | null>(null);
  const mailbox = chosen ?? mailboxes[0]?.id ?? null;
  const schedule = useSchedule();
  if (mailboxes.length === 0)
    return (
      <p className="soft">A report goes out from one of the team's mailboxes, and none is connected yet.</p>
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!mailbox) return;
        schedule.mutate({
          ...{
            view_id: view.id,
            every: every as Schedule["every"],
            time,
            email_account_id: mailbox,
            user_ids: to,
          },
          ...(every === "week" && { weekday: Number(weekday) }),
          ...(every === "month" && { day: Number(day) }),
        });
      }}
    >
      <div className={classes.asking}>
        <Select
          label="How often"
          data={EVERY}
          value={every}
          allowDeselect={false}
          onChange={(next) => setEvery(next ?? "week")}
        />
        {every === "week" && (
          <Select
            label="On"
            data={WEEKDAYS.map((label, n) => ({ value: String(n + 1), label }))}
            value={weekday}
            allowDeselect={false}
            onChange={(next) => setWeekday(next ?? "1")}
          />
        )}
        {every === "month" && (
          <Select
            label="On day"
            data={Array.from({ length: 31 }, (_, n) => String(n + 1))}
            value={day}
            allowDeselect={false}
            onChange={(next) => setDay(next ?? "1")}
          />
        )}
        <TimeField label="At" name="At" value={time} onChange={setTime} />
      </div>
      <MultiSelect
        label="To"
        data={people
          .filter(({ state }) => state === "active")
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={to}
        onChange={setTo}
      />
      <Select
        label="From"
        data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
        value={mailbox}
        allowDeselect={false}
        onChange={setMailbox}
      />
      <Trouble error={schedule.error} doing="writing" />
      <div className="row end">
        <Button type="submit" loading={schedule.isPending} disabled={to.length === 0}>
          Send it so
        </Button>
      </div>
    </form>
  );
}
