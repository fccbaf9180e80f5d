import { useAddress } from "../../parts/address.ts";
import { DeskFilter, FilterChoice } from "../../parts/desk/DeskFilter.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { MailboxChoice } from "../mailboxes/MailboxChoice.tsx";
import { WhoseChoice } from "../people/WhoseChoice.tsx";
import { SequenceChoice } from "../sequences/SequenceChoice.tsx";
import { VERDICT_CHOICES } from "./words.ts";

export function InboxFilters() {
  const [address, change] = useAddress();
  return (
    <div className="row" style={{ flexWrap: "nowrap", justifyContent: "space-between" }}>
      <Segmented
        aria-label="Which mails"
        data={[
          { value: "open", label: "To answer" },
          { value: "all", label: "All" },
        ]}
        value={address.tab === "all" ? "all" : "open"}
        onChange={(tab) => change({ tab: tab === "all" ? "all" : undefined, open: undefined })}
      />
      <DeskFilter by={["owner", "reason", "mailbox", "sequence"]}>
        <WhoseChoice />
        <FilterChoice name="reason" label="Read as" choices={VERDICT_CHOICES} placeholder="Anything" />
        <MailboxChoice />
        <SequenceChoice />
      </DeskFilter>
    </div>
  );
}
