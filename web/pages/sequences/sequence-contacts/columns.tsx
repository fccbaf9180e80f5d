import type { ColumnId } from "@cadenza/contract";
import { Tooltip } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { StatusWord } from "../../insight/explain/StatusWord.tsx";
import classes from "./ContactsTab.module.css";
import type { Member } from "./queries.ts";
import { sayReason } from "./reasons.ts";

export function nameOf({ contact }: Pick<Member, "contact">) {
  return contact.name || contact.email || t("Unnamed contact");
}

export const MEMBER_COLUMNS: RecordColumn<Member, ColumnId<"sequence-contacts">>[] = perLanguage(() => [
  {
    id: "name",
    header: t("Name"),
    width: 180,
    sort: "name",
    cell: (member) => (
      <span className={classes.name}>
        <Initials name={nameOf(member)} size={20} />
        <span className={classes.cut}>{nameOf(member)}</span>
      </span>
    ),
  },
  {
    id: "status",
    header: t("Status"),
    width: 190,
    sort: "status",
    cell: ({ id, status, inactive_reason, current_problem }) => (
      <StatusWord
        of={{ type: "enrollment", id }}
        state={status}
        note={status === "active" ? null : noteOf(current_problem ?? inactive_reason)}
      />
    ),
  },
  {
    id: "step",
    header: t("Step"),
    width: 52,
    sort: "step",
    align: "right",
    cell: ({ current_step_position, earlier_version_id }) =>
      earlier_version_id ? (
        <Tooltip label={t("This contact follows an earlier version of the steps")}>
          <span>{current_step_position}*</span>
        </Tooltip>
      ) : (
        (current_step_position ?? <span className="soft">–</span>)
      ),
  },
  {
    id: "due",
    header: t("Next"),
    width: 100,
    sort: "due_at",
    cell: ({ status, due_at, auto_unpause_at }) => {
      const at = status === "active" ? due_at : status === "paused" ? auto_unpause_at : null;
      const isDue = status === "active" && at !== null && Date.parse(at) <= currentTime().getTime();
      return (
        <>
          {isDue && t("due")} <Moment at={at} />
        </>
      );
    },
  },
  {
    id: "company",
    header: t("Company"),
    width: 125,
    sort: "organization_name",
    cell: ({ contact }) => <Cut>{contact.organization_name}</Cut>,
  },
  {
    id: "mailbox",
    header: t("Sent from"),
    width: 165,
    sort: "send_from",
    cell: ({ send_email_from_email_address: from }) => <Cut>{from}</Cut>,
  },
  {
    id: "added",
    header: t("Added"),
    width: 100,
    sort: "added_at",
    sortFirst: "descending",
    cell: ({ added_at }) => <Moment at={added_at} />,
  },
  {
    id: "title",
    header: t("Title"),
    width: 160,
    isExtra: true,
    sort: "title",
    cell: ({ contact }) => contact.title ?? "–",
  },
  {
    id: "email",
    header: t("Email"),
    width: 200,
    isExtra: true,
    sort: "email",
    cell: ({ contact }) => contact.email ?? "–",
  },
  {
    id: "updated",
    header: t("Updated"),
    width: 110,
    isExtra: true,
    sort: "updated_at",
    sortFirst: "descending",
    cell: ({ updated_at }) => <Moment at={updated_at} />,
  },
]);

function Cut({ children }: { children: string | null }) {
  if (!children) return <span className="soft">–</span>;
  return (
    <span className={classes.cut} title={children}>
      {children}
    </span>
  );
}

function noteOf(reason: string | null) {
  return reason === null ? null : sayReason(reason);
}
