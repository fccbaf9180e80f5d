import type { ColumnId } from "@cadenza/contract";
import { Tooltip } from "@mantine/core";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { ASK_OWNER, rightTo } from "./access.ts";
import { useFolders } from "./folder-queries.ts";
import type { Sequence } from "./queries.ts";
import { Rate, type RateKind } from "./rates.tsx";
import { Star } from "./Star.tsx";
import { useSequenceEdits } from "./sequence-facts.ts";
import { SequenceState, sayPeople } from "./words.tsx";

const SORTED_BY: Record<RateKind, string> = {
  opened: "open_rate",
  clicked: "click_rate",
  replied: "reply_rate",
  bounced: "bounce_rate",
  demoed: "demo_rate",
};

type Column = RecordColumn<Sequence, ColumnId<"sequences">>;

const onPage = () => t("Open the sequence to change this.");

/** The columns, with what the user may change in them. */
export function useSequenceColumns(): readonly Column[] {
  const edits = useSequenceEdits();
  const me = useMe();
  return useMemo(() => {
    const editable: Partial<Record<string, Pick<Column, "edit" | "fixed">>> = {
      name: { edit: edits.name, fixed: (row) => lacksRight(rightTo(row, me) !== "can_view", ASK_OWNER.edit) },
      owner: {
        edit: edits.owner,
        fixed: (row) => lacksRight(rightTo(row, me) === "full_access", ASK_OWNER.manage),
      },
      folder: {
        edit: edits.folder,
        fixed: (row) => lacksRight(rightTo(row, me) !== "can_view", ASK_OWNER.edit),
      },
      steps: { fixed: onPage() },
      state: { fixed: onPage() },
    };
    return COLUMNS.map((column) => ({ ...column, ...editable[column.id] }));
  }, [edits, me]);
}

const lacksRight = (mayChange: boolean, why: string) => (mayChange ? undefined : why);

const rate = (
  kind: RateKind,
  header: string,
  rest: Partial<RecordColumn<Sequence, ColumnId<"sequences">>> = {},
) => ({
  id: kind,
  header,
  width: 76,
  align: "right" as const,
  sort: SORTED_BY[kind],
  sortFirst: "descending" as const,
  cell: (sequence: Sequence) => <Rate of={sequence} kind={kind} />,
  ...rest,
});

const COLUMNS: readonly Column[] = perLanguage(() => [
  {
    id: "name",
    header: t("Name"),
    width: 220,
    sort: "name",
    sortFirst: "ascending",
    cell: ({ name }) => name,
  },
  {
    id: "star",
    header: t("Star"),
    width: 48,
    notOnCards: true,
    sort: "starred",
    sortFirst: "descending",
    cell: (sequence) => <Star sequence={sequence} />,
  },
  {
    id: "state",
    header: t("Status"),
    width: 100,
    sort: "active",
    cell: (sequence) => <SequenceState sequence={sequence} />,
  },
  {
    id: "owner",
    header: t("Owner"),
    width: 108,
    sort: "owner",
    cell: ({ user_id }) => <Owner id={user_id} />,
  },
  {
    id: "steps",
    header: t("Steps"),
    width: 64,
    align: "right",
    sort: "num_steps",
    sortFirst: "descending",
    cell: ({ num_steps }) => figure(num_steps),
  },
  {
    id: "contacts",
    header: t("Contacts"),
    width: 84,
    align: "right",
    sort: "num_contacts",
    sortFirst: "descending",
    cell: Contacts,
  },
  {
    id: "scheduled",
    header: t("Scheduled"),
    width: 96,
    isExtra: true,
    align: "right",
    sort: "unique_scheduled",
    sortFirst: "descending",
    cell: ({ unique_scheduled }) => figure(unique_scheduled),
  },
  {
    id: "delivered",
    header: t("Delivered"),
    width: 88,
    align: "right",
    sort: "unique_delivered",
    sortFirst: "descending",
    cell: ({ unique_delivered }) => figure(unique_delivered),
  },
  rate("opened", t("Opened")),
  rate("replied", t("Replied")),
  rate("bounced", t("Bounced")),
  rate("clicked", t("Clicked"), { isExtra: true }),
  rate("demoed", t("Meetings"), { isExtra: true }),
  {
    id: "folder",
    header: t("Folder"),
    width: 128,
    isExtra: true,
    sort: "folder",
    cell: ({ folder_id }) => <Folder id={folder_id} />,
  },
  {
    id: "used",
    header: t("Last used"),
    width: 112,
    isExtra: true,
    align: "right",
    sort: "last_used_at",
    cell: ({ last_used_at }) => <Moment at={last_used_at} none={t("Never")} />,
  },
  {
    id: "created",
    header: t("Created"),
    width: 120,
    align: "right",
    sort: "created_at",
    isExtra: true,
    cell: ({ created_at }) => <Moment at={created_at} />,
  },
  {
    id: "updated",
    header: t("Updated"),
    width: 120,
    align: "right",
    sort: "updated_at",
    isExtra: true,
    cell: ({ updated_at }) => <Moment at={updated_at} />,
  },
]);

function Contacts(sequence: Sequence) {
  return (
    <Tooltip label={sayPeople(sequence)}>
      <span data-figures>{figure(sequence.num_contacts)}</span>
    </Tooltip>
  );
}

function Owner({ id }: { id: string }) {
  const { data } = usePeople();
  const owner = data?.find((person) => person.id === id);
  if (!owner) return null;
  return (
    <span className="row" style={{ gap: 6, flexWrap: "nowrap" }}>
      <Initials name={owner.name} size={18} />
      <span>{owner.first_name ?? owner.name}</span>
    </span>
  );
}

function Folder({ id }: { id: string | null }) {
  const { data } = useFolders();
  return data?.find((folder) => folder.id === id)?.name ?? <span className="soft">–</span>;
}
