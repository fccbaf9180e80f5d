import { NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { TimeField } from "../../../parts/dates/TimeField.tsx";
import { TimeZoneField } from "../../../parts/TimeZoneField.tsx";
import { useOwnFields } from "../../settings/fields/queries.ts";
import { teamQuery } from "../../settings/team/queries.ts";
import type { Entity } from "./queries.ts";
import { DEAL_DATES, FIRST_TIME, type OnDate } from "./trigger.ts";
import classes from "./Workflows.module.css";

type Props = { entity: Entity; on: OnDate; onChange: (next: OnDate) => void };

const SIDES = perLanguage(() => [
  { value: "on", label: t("On the day") },
  { value: "before", label: t("Days before") },
  { value: "after", label: t("Days after") },
]);
const FIRST_DAYS = 30;

/** Which date, how long before or after it, and at which time of day. */
export function DateFields({ entity, on, onChange }: Props) {
  const { data: team } = useQuery(teamQuery);
  const { days = 0, at = FIRST_TIME, time_zone = team?.time_zone ?? "" } = on;
  const side = days === 0 ? "on" : days < 0 ? "before" : "after";
  const count = Math.abs(days);
  const put = (nextSide: string, many: number) =>
    onChange({ ...on, days: nextSide === "on" ? 0 : nextSide === "before" ? -many : many });
  return (
    <>
      <div className={classes.two}>
        <DateField entity={entity} value={on.field} onChange={(field) => onChange({ ...on, field })} />
        <Select
          label={t("When")}
          data={SIDES}
          value={side}
          allowDeselect={false}
          onChange={(next) => next && put(next, count || FIRST_DAYS)}
        />
        {side !== "on" && (
          <NumberInput
            label={t("Days")}
            min={1}
            max={3650}
            allowDecimal={false}
            value={count}
            onChange={(many) => typeof many === "number" && many > 0 && put(side, many)}
          />
        )}
        <TimeField
          label={t("At")}
          name={t("At")}
          value={at}
          onChange={(time) => onChange({ ...on, at: time })}
        />
        <TimeZoneField
          label={t("Time zone")}
          value={time_zone}
          onChange={(zone) => onChange({ ...on, time_zone: zone })}
        />
      </div>
      <p className="soft small">
        {t(
          "Each record is included once per date, and again if the date changes. Dates that are past when you turn the workflow on are left out.",
        )}
      </p>
    </>
  );
}

/** The team's own date fields of these records, and the dates of deals. */
function DateField({
  entity,
  value,
  onChange,
}: {
  entity: Entity;
  value: string;
  onChange: (id: string) => void;
}) {
  const { data: fields = [] } = useOwnFields();
  const dated = fields.filter(({ type }) => type === "date" || type === "datetime");
  const of = (modality: string) =>
    dated.filter((field) => field.modality === modality).map(({ id, name }) => ({ value: id, label: name }));
  const ofDeals = Object.entries(DEAL_DATES).map(([field, label]) => ({ value: field, label }));
  const groups = [
    { group: entity === "account" ? t("Companies") : t("Contacts"), items: of(entity) },
    { group: t("Deals"), items: [...ofDeals, ...of("opportunity")] },
  ].filter(({ items }) => items.length > 0);
  return (
    <Select
      label={t("Date field")}
      placeholder={t("Choose a date field")}
      error={value === "" && t("Choose a date field.")}
      searchable
      allowDeselect={false}
      data={groups}
      value={value || null}
      onChange={(id) => id && onChange(id)}
    />
  );
}
