import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { type Schedule, schedulesQuery } from "./queries.ts";
import { ScheduleDialog } from "./ScheduleDialog.tsx";
import { sayWeek, type WeekHours } from "./week.ts";

/** When mails of sequences may go out. */
export function ScheduleList() {
  const schedules = useQuery(schedulesQuery);
  const [address, change] = useAddress();
  const opened = schedules.data?.find(({ id }) => id === address.open);
  return (
    <Page
      title="Schedules"
      state={schedules.data && "When mails may go out. A sequence without one of its own uses the default."}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
          Add a schedule
        </Button>
      }
    >
      {schedules.error ? (
        <Trouble error={schedules.error} onRetry={() => void schedules.refetch()} />
      ) : (
        <DataTable
          label="Schedules"
          columns={COLUMNS}
          rows={schedules.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
        />
      )}
      {address.do === "create" && (
        <ScheduleDialog schedule={null} onClose={() => change({ do: undefined })} />
      )}
      {opened && (
        <ScheduleDialog key={opened.id} schedule={opened} onClose={() => change({ open: undefined })} />
      )}
    </Page>
  );
}

const COLUMNS: Column<Schedule>[] = [
  {
    header: "Name",
    width: "26%",
    cell: ({ name, default: isDefault }) => (
      <>
        {name}
        {isDefault && <span className="soft"> (default)</span>}
      </>
    ),
  },
  { header: "Hours", width: "40%", cell: (schedule) => sayWeek(hoursOf(schedule)) },
  {
    header: "Whose clock",
    cell: ({ use_contacts_time_zone, time_zone }) =>
      use_contacts_time_zone ? `The contact's, or ${time_zone}` : time_zone,
  },
];

function hoursOf({ schedule_hash }: Schedule): WeekHours {
  return schedule_hash as WeekHours;
}
