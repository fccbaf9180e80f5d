import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Column } from "../../../parts/DataTable.tsx";
import { SharedList } from "../../../parts/SharedList.tsx";
import { placeOf } from "../../../parts/told.ts";
import { type Schedule, schedulesQuery } from "./queries.ts";
import { ScheduleDialog } from "./ScheduleDialog.tsx";
import { sayWeek, type WeekHours } from "./week.ts";

/** When mails of sequences may go out. */
export function ScheduleList() {
  const schedules = useQuery(schedulesQuery);
  return (
    <SharedList
      title={t("Schedules")}
      state={t("When emails can go out. Sequences without a schedule use the default.")}
      verb={t("Add a schedule")}
      found={schedules}
      columns={COLUMNS}
      dialog={(schedule, onClose) => (
        <ScheduleDialog key={schedule?.id ?? "new"} schedule={schedule} onClose={onClose} />
      )}
    />
  );
}

const COLUMNS: Column<Schedule>[] = perLanguage(() => [
  { header: t("Hours"), width: "40%", cell: (schedule) => sayWeek(hoursOf(schedule)) },
  {
    header: t("Time zone"),
    cell: ({ use_contacts_time_zone, time_zone }) =>
      use_contacts_time_zone
        ? t("The contact's, or {time_zone}", { time_zone: placeOf(time_zone) })
        : placeOf(time_zone),
  },
]);

function hoursOf({ schedule_hash }: Schedule): WeekHours {
  return schedule_hash as WeekHours;
}
