import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { calendarsQuery, type Holiday, holidaysQuery, teamQuery } from "./queries.ts";
import { useSaveTeam } from "./saving.ts";

/** Days on which nothing goes out: whose public holidays count, and the team's own days. */
export function HolidayRules() {
  const { data: team } = useQuery(teamQuery);
  const { data: holidays, error, refetch } = useQuery(holidaysQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!team || !holidays) return null;
  return (
    <Section
      title={t("Holidays")}
      note={t(
        "Schedules with “Skip public holidays” skip the holidays of the contact's country and region, and your team's days off.",
      )}
    >
      <Fallback before={team.holiday_calendar} />
      <OwnDays holidays={holidays} />
    </Section>
  );
}

const BY_ZONE = "zone";

function Fallback({ before }: { before: string | null }) {
  const { data: calendars = [] } = useQuery(calendarsQuery);
  const save = useSaveTeam((team) => [team.holiday_calendar]);
  const change = (calendar: string | null) =>
    save.mutate(
      { holiday_calendar: calendar, before: [before] },
      {
        onSuccess: () =>
          toast(t("Saved."), { undo: () => save.mutateAsync({ holiday_calendar: before, before: null }) }),
      },
    );
  return (
    <>
      <Select
        label={t("If a contact's country is not known")}
        searchable
        limit={80}
        data={[
          { value: BY_ZONE, label: t("By the schedule's time zone") },
          { value: "none", label: t("No public holidays") },
          ...calendars.map(({ code, name }) => ({ value: code, label: name })),
        ]}
        value={before ?? BY_ZONE}
        disabled={save.isPending}
        nothingFoundMessage={t("No country or region found.")}
        onChange={(value) => value && change(value === BY_ZONE ? null : value)}
      />
      <Trouble error={save.error} doing="writing" />
    </>
  );
}

function OwnDays({ holidays }: { holidays: readonly Holiday[] }) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: holidaysQuery.queryKey });
  const add = useMutation({
    mutationFn: (wish: Parameters<typeof api.holidays.create>[0]) => api.holidays.create(wish),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (holiday: Holiday) => api.holidays.remove({ id: holiday.id }),
    onSuccess: (_done, { name, starts_on, ends_on, every_year }) => {
      toast(t("{name} deleted.", { name }), {
        undo: () => add.mutateAsync({ name, starts_on, ends_on, every_year }),
      });
      return refresh();
    },
  });
  return (
    <>
      {holidays.length > 0 && (
        <ul className="stack" aria-label={t("Team days off")}>
          {holidays.map((holiday) => (
            <li key={holiday.id} className="row">
              <span>{holiday.name}</span>
              <span className="soft small">{spanOf(holiday)}</span>
              <Button
                variant="subtle"
                size="compact-sm"
                ml="auto"
                aria-label={t("Delete {name}", { name: holiday.name })}
                loading={remove.isPending && remove.variables.id === holiday.id}
                onClick={() => remove.mutate(holiday)}
              >
                {t("Delete")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NewDay
        isSaving={add.isPending}
        onAdd={(wish, onDone) =>
          add.mutate(wish, {
            onSuccess: () => {
              toast(t("{name} added.", { name: wish.name }));
              onDone();
            },
          })
        }
      />
      <Trouble error={add.error ?? remove.error} doing="writing" />
    </>
  );
}

type Wish = { name: string; starts_on: string; ends_on: string; every_year: boolean };
type NewDayProps = { isSaving: boolean; onAdd: (wish: Wish, onDone: () => void) => void };

const NOTHING = { name: "", first: null as string | null, last: null as string | null, everyYear: false };

function NewDay({ isSaving, onAdd }: NewDayProps) {
  const form = useForm({ initialValues: NOTHING });
  const { name, first, last, everyYear } = form.values;
  const add = () => {
    if (!first) return;
    onAdd({ name: name.trim(), starts_on: first, ends_on: last ?? first, every_year: everyYear }, form.reset);
  };
  return (
    <form className="stack" onSubmit={form.onSubmit(add)}>
      <div className="row" style={{ flexWrap: "wrap", alignItems: "end" }}>
        <TextInput
          label={t("Team day off")}
          placeholder={t("Company shutdown")}
          maxLength={100}
          {...form.getInputProps("name")}
        />
        <DayField
          label={t("First day")}
          w={170}
          value={first}
          onChange={(day) => form.setFieldValue("first", day)}
        />
        <DayField
          label={t("Last day")}
          w={170}
          clearable
          placeholder={t("Same day")}
          value={last}
          onChange={(day) => form.setFieldValue("last", day)}
        />
      </div>
      <div className="row">
        <Checkbox label={t("Every year")} {...form.getInputProps("everyYear", { type: "checkbox" })} />
        <Button type="submit" variant="default" loading={isSaving} disabled={!name.trim() || !first}>
          {t("Add day off")}
        </Button>
      </div>
    </form>
  );
}

const DAY = dateFormat({
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

function spanOf({ starts_on, ends_on, every_year }: Holiday) {
  const days = [...new Set([starts_on, ends_on])].map((day) => DAY.format(new Date(day))).join(" to ");
  return every_year ? t("{days}, every year", { days }) : days;
}
