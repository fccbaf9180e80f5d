import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { DeskFilter, FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { dayAndTime, endOfToday } from "../../../parts/when.ts";
import { SequenceChoice } from "../../sequences/sequences/SequenceChoice.tsx";
import { WhoseChoice } from "../../settings/people/WhoseChoice.tsx";
import { MailboxChoice } from "../mailboxes/MailboxChoice.tsx";

export function OutboxFilters() {
  const [address, change] = useAddress();
  const [words, setWords] = useState(address.q ?? "");
  return (
    <form
      className="row"
      style={{ flexWrap: "nowrap" }}
      onSubmit={(event) => {
        event.preventDefault();
        change({ q: words.trim() || undefined, open: undefined });
      }}
    >
      <TextInput
        aria-label={t("Search emails")}
        placeholder={t("Search")}
        style={{ flex: 1 }}
        leftSection={<IconSearch size="0.875rem" />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <DeskFilter by={["owner", "mailbox", "sequence", "until"]}>
        <WhoseChoice />
        <MailboxChoice />
        <SequenceChoice />
        <DueChoice until={address.until} />
      </DeskFilter>
    </form>
  );
}

/** Mails that are due today, or before the moment that the address names. */
function DueChoice({ until }: { until: string | undefined }) {
  const now = currentTime();
  const tonight = endOfToday(now).toISOString();
  const value = until && !Number.isNaN(Date.parse(until)) ? until : tonight;
  const label = value === tonight ? t("Today") : t("Before {time}", { time: dayAndTime(value, now) });
  return <FilterChoice name="until" label={t("Due")} choices={[{ value, label }]} />;
}
