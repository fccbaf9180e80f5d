import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Section } from "../../parts/Page.tsx";
import { schedulesQuery } from "../schedules/queries.ts";
import { Week } from "../schedules/Week.tsx";
import { ExactDates } from "./ExactDates.tsx";
import type { PartProps } from "./SettingsTab.tsx";

/** When anything may go out. */
export function HoursPart({ sequence, values, change, mayEdit }: PartProps) {
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const usual = schedules.find((schedule) => schedule.default);
  const chosen = schedules.find(({ id }) => id === values.emailer_schedule_id) ?? usual;
  return (
    <Section
      title="Schedule"
      note={
        <>
          Mails go out and days are counted in these hours. <a href="/settings/schedules">Change the hours</a>{" "}
          for all sequences that use them.
        </>
      }
    >
      <Select
        label="Schedule"
        data={[
          { value: "", label: usual ? `The team's: ${usual.name}` : "The team's" },
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
              ? `On each contact's own clock; where it is not known, on that of ${place(chosen.time_zone)}.`
              : `On the clock of ${place(chosen.time_zone)}.`}{" "}
            {chosen.skip_holidays
              ? "Public holidays of each contact's country and the team's own days off are left out."
              : "Public holidays count like other days."}
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
