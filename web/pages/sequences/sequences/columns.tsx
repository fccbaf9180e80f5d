import type { ColumnId } from "@cadenza/contract";
import { Tooltip } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useFolders } from "./folder-queries.ts";
import type { Sequence } from "./queries.ts";
import { Rate, type RateKind } from "./rates.tsx";
import { Star } from "./Star.tsx";
import { SequenceState, sayPeople } from "./words.tsx";

const rate = (
  kind: RateKind,
  header: string,
  rest: Partial<RecordColumn<Sequence, ColumnId<"sequences">>> = {},
) => ({
  id: kind,
  header,
  width: 76,
  align: "right" as const,
  cell: (sequence: Sequence) => <Rate of={sequence} kind={kind} />,
  ...rest,
});

export const SEQUENCE_COLUMNS: readonly RecordColumn<Sequence, ColumnId<"sequences">>[] = perLanguage(() => [
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
    cell: (sequence) => <Star sequence={sequence} />,
  },
  {
    id: "state",
    header: t("Status"),
    width: 100,
    sort: "active",
    cell: (sequence) => <SequenceState sequence={sequence} />,
  },
  { id: "owner", header: t("Owner"), width: 108, cell: ({ user_id }) => <Owner id={user_id} /> },
  { id: "steps", header: t("Steps"), width: 64, align: "right", cell: ({ num_steps }) => figure(num_steps) },
  { id: "contacts", header: t("Contacts"), width: 84, align: "right", cell: Contacts },
  {
    id: "scheduled",
    header: t("Scheduled"),
    width: 96,
    isExtra: true,
    align: "right",
    cell: ({ unique_scheduled }) => figure(unique_scheduled),
  },
  {
    id: "delivered",
    header: t("Delivered"),
    width: 88,
    align: "right",
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
