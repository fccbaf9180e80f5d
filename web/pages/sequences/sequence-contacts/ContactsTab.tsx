import { Button, Menu } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { useLayout } from "../../../parts/records/layout.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { SelectionBar } from "../../../parts/records/SelectionBar.tsx";
import { useSort } from "../../../parts/records/sort.ts";
import { useSelection } from "../../../parts/records/useSelection.ts";
import { useWindowed } from "../../../parts/records/useWindowed.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { ExportItems, ExportMenu } from "../../contacts/views/ExportMenu.tsx";
import { shownColumns } from "../../contacts/views/shown-columns.ts";
import { writeSubject } from "../../insight/explain/subject.ts";
import { useRights } from "../sequences/access.ts";
import { useSequence } from "../sequences/queries.ts";
import type { Shared } from "../sequences/right.ts";
import classes from "./ContactsTab.module.css";
import { MEMBER_COLUMNS, nameOf } from "./columns.tsx";
import { exportOf } from "./export.ts";
import { ManageBar } from "./ManageBar.tsx";
import { narrowedBy } from "./narrowed.ts";
import { contactsOf, countsQuery, type Member, membersSource } from "./queries.ts";
import { StatusChips } from "./StatusChips.tsx";

const AddElsewhere = lazy(async () => ({
  default: (await import("../sequence-contacts-elsewhere/AddElsewhere.tsx")).AddElsewhere,
}));

/** Who is in a sequence: counted, found, and managed, some or all that match. */
export function ContactsTab({ sequenceId }: { sequenceId: string }) {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const [sort, setSort] = useSort();
  const counts = useQuery(countsQuery(sequenceId));
  const mayEdit = useMayEdit(sequenceId);
  const narrowed = narrowedBy(address);
  const isNarrowed = Object.keys(narrowed).length > 0;
  const key = JSON.stringify(narrowed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: by what it says, not by who says it
  const source = useMemo(() => membersSource(sequenceId, narrowed, sort), [sequenceId, key, sort]);
  const rows = useWindowed(source);
  const found = { emailer_campaign_ids: [sequenceId], ...narrowed };
  const shown = shownColumns(MEMBER_COLUMNS, useLayout("sequence-contacts").now);
  const selection = useSelection<Member>(JSON.stringify(source.key));
  const chosen = { emailer_campaign_ids: [sequenceId], contact_ids: [...selection.chosen.keys()] };
  return (
    <div className={classes.tab}>
      <Trouble error={counts.error} onRetry={() => void counts.refetch()} />
      <StatusChips
        counts={counts.data}
        beside={<ExportMenu onExport={exportOf(found, sort)} shown={shown} isEmpty={rows.total === 0} />}
      />
      <div className={classes.table}>
        <RecordTable
          label={t("Contacts in this sequence")}
          mostChosen={100_000}
          columns={MEMBER_COLUMNS}
          rows={rows}
          rowKey={({ contact_id }) => contact_id}
          rowName={nameOf}
          href={({ contact_id }) => `/contacts/${contact_id}`}
          onOpen={({ contact_id }) => void navigate({ to: `/contacts/${contact_id}` as "/" })}
          onPeek={({ id }) => change({ why: writeSubject({ type: "enrollment", id }) })}
          {...(mayEdit && { selection })}
          sort={sort}
          onSort={setSort}
          table="sequence-contacts"
          rowState={({ status }) => (status === "finished" ? "over" : undefined)}
          empty={<Nobody isNarrowed={isNarrowed} mayEdit={mayEdit} />}
        />
      </div>
      <SelectionBar selection={selection} total={rows.matches} most={100_000} noun="contact">
        <ManageBar
          sequenceId={sequenceId}
          selection={selection}
          total={rows.matches ?? 0}
          whom={
            selection.isAll
              ? isNarrowed
                ? narrowed
                : { all: true }
              : { contact_ids: [...selection.chosen.keys()] }
          }
        />
        <Menu position="top-end">
          <Menu.Target>
            <Button variant="default">{t("Export")}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <ExportItems onExport={exportOf(selection.isAll ? found : chosen, sort)} shown={shown} />
          </Menu.Dropdown>
        </Menu>
        <Suspense>
          <AddElsewhere
            count={selection.count(rows.matches ?? 0)}
            find={async () => (selection.isAll ? contactsOf(source) : [...selection.chosen.keys()])}
            onDone={selection.clear}
          />
        </Suspense>
      </SelectionBar>
    </div>
  );
}

function useMayEdit(sequenceId: string) {
  const { data } = useSequence(sequenceId);
  const { mayEdit } = useRights(data?.emailer_campaign ?? { sharing_permission: NOTHING_SHARED });
  return mayEdit && data?.emailer_campaign.archived === false;
}

const NOTHING_SHARED: Shared["sharing_permission"] = {
  is_owner: false,
  sharing_accesses: [],
  visibility: "restricted",
  access_type: null,
};

function Nobody({ isNarrowed, mayEdit }: { isNarrowed: boolean; mayEdit: boolean }) {
  const [, change] = useAddress();
  if (isNarrowed)
    return (
      <Empty says={t("No contacts match these filters.")}>
        <Button
          variant="default"
          onClick={() => change({ q: undefined, status: undefined, reason: undefined })}
        >
          {t("Show all contacts")}
        </Button>
      </Empty>
    );
  return (
    <Empty says={t("No contacts in this sequence yet.")}>
      {mayEdit && (
        <Button
          leftSection={<IconUserPlus size="0.875rem" aria-hidden />}
          onClick={() => change({ do: "add-contacts" })}
        >
          {t("Add contacts")}
        </Button>
      )}
    </Empty>
  );
}
