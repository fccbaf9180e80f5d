import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { DeskFilter, FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { SequenceChoice } from "../../sequences/sequences/SequenceChoice.tsx";
import { WhoseChoice } from "../../settings/people/WhoseChoice.tsx";
import { MailboxChoice } from "../mailboxes/MailboxChoice.tsx";
import { VERDICT_CHOICES } from "./words.ts";

export function InboxFilters() {
  const [address, change] = useAddress();
  return (
    <div className="row" style={{ flexWrap: "nowrap", justifyContent: "space-between" }}>
      <Segmented
        aria-label={t("Emails to show")}
        data={[
          { value: "open", label: t("Needs reply") },
          { value: "all", label: t("All") },
        ]}
        value={address.tab === "all" ? "all" : "open"}
        onChange={(tab) => change({ tab: tab === "all" ? "all" : undefined, open: undefined })}
      />
      <DeskFilter by={["owner", "reason", "mailbox", "sequence"]}>
        <WhoseChoice />
        <FilterChoice name="reason" label={t("Type")} choices={VERDICT_CHOICES} placeholder={t("Any")} />
        <MailboxChoice />
        <SequenceChoice />
      </DeskFilter>
    </div>
  );
}
