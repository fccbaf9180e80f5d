import { memo } from "react";
import { t } from "../../../language/t.ts";
import { type Address, useAddress } from "../../../parts/address.ts";
import { DeskFilter, FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { DeskSearch } from "../../../parts/desk/DeskSearch.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { SequenceChoice } from "../../sequences/sequences/SequenceChoice.tsx";
import { WhoseChip } from "../../settings/people/WhoseChip.tsx";
import { WhoseChoice } from "../../settings/people/WhoseChoice.tsx";
import { MailboxChoice } from "../mailboxes/MailboxChoice.tsx";
import type { InboxTab } from "./queries.ts";
import { VERDICT_CHOICES } from "./words.ts";

/** Which part of the inbox is looked at. */
export function tabIn({ tab }: Address): InboxTab {
  return tab === "all" || tab === "snoozed" ? tab : "open";
}

export const InboxFilters = memo(function InboxFilters() {
  const [address, change] = useAddress();
  return (
    <>
      <Segmented
        aria-label={t("Emails to show")}
        room={190}
        data={[
          { value: "open", label: t("Inbox") },
          { value: "snoozed", label: t("Snoozed") },
          { value: "all", label: t("All") },
        ]}
        value={tabIn(address)}
        onChange={(tab) => change({ tab: tab === "open" ? undefined : tab, open: undefined })}
      />
      <DeskSearch label={t("Search emails")}>
        <DeskFilter by={["owner", "reason", "mailbox", "sequence"]}>
          <WhoseChoice />
          <FilterChoice name="reason" label={t("Type")} choices={VERDICT_CHOICES} placeholder={t("Any")} />
          <MailboxChoice />
          <SequenceChoice />
        </DeskFilter>
      </DeskSearch>
      <WhoseChip />
    </>
  );
});
