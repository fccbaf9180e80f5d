import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { schedulesQuery } from "../../settings/schedules/queries.ts";
import { Week } from "../../settings/schedules/Week.tsx";
import { ExactDates } from "./ExactDates.tsx";
import type { PartProps } from "./SettingsTab.tsx";

/** When anything may go out. */
export function HoursPart({ sequence, values, change, mayEdit }: PartProps) {
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const usual = schedules.find((schedule) => schedule.default);
  const chosen = schedules.find(({ id }) => id === values.emailer_schedule_id) ?? usual;
  return (
    <Section
      title={t("Schedule")}
      note={
        <Trans
          text="Emails go out within these hours. Schedule days are the days that have hours. <link>Change the hours</link> for all sequences that use them."
          tags={{ link: (inside) => <a href="/settings/schedules">{inside}</a> }}
        />
      }
    >
      <Select
        label={t("Schedule")}
        data={[
          { value: "", label: usual ? t("Team default: {name}", { name: usual.name }) : t("Team default") },
          ...schedules.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={values.emailer_schedule_id ?? ""}
        disabled={!mayEdit}
        onChange={(id) => change({ emailer_schedule_id: id || null })}
      />
      {chosen && (
        <>
          <Week hours={chosen.schedule_hash} />
          <p className="soft small">
            {chosen.use_contacts_time_zone
              ? t("In each contact's time zone. If unknown, in {time_zone}.", {
                  time_zone: place(chosen.time_zone),
                })
              : t("In the time zone {time_zone}.", { time_zone: place(chosen.time_zone) })}{" "}
            {chosen.skip_holidays
              ? t("Public holidays of the contact's country and your team's days off are skipped.")
              : t("Public holidays count like other days.")}
          </p>
        </>
      )}
      <ExactDates sequence={sequence} mayEdit={mayEdit} />
    </Section>
  );
}

function place(zone: string) {
  return zone.replaceAll("_", " ");
}
