import { Select } from "@mantine/core";
import { memo } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { DeskFilter, FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { DeskSearch } from "../../../parts/desk/DeskSearch.tsx";
import { aDayAfter, dayAndTime, endOfToday } from "../../../parts/when.ts";
import { SequenceChoice } from "../../sequences/sequences/SequenceChoice.tsx";
import { WhoseChip } from "../../settings/people/WhoseChip.tsx";
import { WhoseChoice } from "../../settings/people/WhoseChoice.tsx";
import { MailboxChoice } from "../mailboxes/MailboxChoice.tsx";
import type { OutboxSection } from "./queries.ts";

export const OutboxFilters = memo(function OutboxFilters({ part }: { part: OutboxSection }) {
  return (
    <>
      <DeskSearch label={t("Search emails")}>
        <DeskFilter by={["owner", "mailbox", "sequence", "status", "until"]}>
          <WhoseChoice />
          <MailboxChoice />
          <SequenceChoice />
          {part === "scheduled" && (
            <FilterChoice
              name="status"
              label={t("Status")}
              choices={[{ value: "held", label: t("On hold, or will not be sent") }]}
            />
          )}
          <DueChoice />
        </DeskFilter>
      </DeskSearch>
      <WhoseChip />
    </>
  );
});

/** Mails that are due today or tomorrow, or within the time that the address names. */
function DueChoice() {
  const [{ from, until }, change] = useAddress();
  const now = currentTime();
  const tonight = endOfToday(now);
  const days = {
    today: { label: t("Today"), from: undefined, until: tonight.toISOString() },
    tomorrow: {
      label: t("Tomorrow"),
      from: tonight.toISOString(),
      until: aDayAfter(tonight).toISOString(),
    },
  };
  const named = Object.entries(days).find(([, day]) => day.from === from && day.until === until)?.[0];
  const isOther = named === undefined && until !== undefined && !Number.isNaN(Date.parse(until));
  const other = isOther
    ? [{ value: "other", label: t("Before {time}", { time: dayAndTime(until, now) }) }]
    : [];
  return (
    <Select
      label={t("Due")}
      placeholder={t("Any")}
      clearable
      data={[...Object.entries(days).map(([value, { label }]) => ({ value, label })), ...other]}
      value={named ?? (isOther ? "other" : null)}
      onChange={(value) => {
        if (value === "other") return;
        const day = value === "today" || value === "tomorrow" ? days[value] : undefined;
        change({ from: day?.from, until: day?.until, open: undefined });
      }}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
