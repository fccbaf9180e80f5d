import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useIsAdmin, useMe } from "../../../session.ts";
import { ImportLink } from "../../contacts/imports/ImportLink.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { Board } from "./Board.tsx";
import { DealDialog } from "./DealDialog.tsx";
import { DealList } from "./DealList.tsx";
import classes from "./DealsPage.module.css";
import { exportDeals } from "./export.ts";
import { money, sums } from "./money.ts";
import { type DealFilter, type DealStage, type DealTotal, stagesQuery, totalsQuery } from "./queries.ts";

/** What may come of it: deals by stage, and what they come to. */
export function DealsPage() {
  const [address, change] = useAddress();
  const filter: DealFilter = { owner: useOwner(), words: address.q ?? null };
  const stages = useQuery(stagesQuery);
  const totals = useQuery(totalsQuery(filter));
  const isList = address.view === "list";
  const begin = () => change({ do: "create" });
  usePageKeys({ n: begin });
  const error = stages.error ?? totals.error;
  const isEmpty = totals.data?.length === 0 && !filter.owner && !filter.words;
  return (
    <Page
      title={t("Deals")}
      state={stages.data && totals.data && sayTotals(stages.data, totals.data)}
      action={
        <div className="row">
          <ImportLink kind="opportunities" />
          <Button variant="default" disabled={isEmpty} onClick={() => void exportDeals(filter)}>
            {t("Export as CSV")}
          </Button>
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={begin}>
            {t("New deal")}
          </Button>
        </div>
      }
    >
      <div className={classes.page} data-wide>
        <Filters />
        {error ? (
          <Trouble error={error} onRetry={() => void Promise.all([stages.refetch(), totals.refetch()])} />
        ) : isEmpty ? (
          <Empty says={t("Track possible sales here. A deal has an amount, a stage and a close date.")}>
            <Button variant="default" onClick={begin}>
              {t("Create a deal")}
            </Button>
          </Empty>
        ) : isList ? (
          <DealList filter={filter} onOpen={(id) => change({ open: id })} />
        ) : (
          stages.data && (
            <Board
              stages={stages.data}
              totals={totals.data}
              filter={filter}
              onOpen={(id) => change({ open: id })}
            />
          )
        )}
      </div>
      {address.do === "create" && <DealDialog onClose={() => change({ do: undefined })} />}
      {address.open && <DealDialog dealId={address.open} onClose={() => change({ open: undefined })} />}
    </Page>
  );
}

function useOwner() {
  const [address] = useAddress();
  const { user } = useMe();
  if (address.owner === "me") return user.id;
  return address.owner ?? null;
}

function Filters() {
  const [address, change] = useAddress();
  const { user } = useMe();
  const isAdmin = useIsAdmin();
  const { data: people = [] } = usePeople();
  const [words, setWords] = useState(address.q ?? "");
  const search = useDebouncedCallback((q: string) => change({ q: q.trim() || undefined }), 250);
  const others = people.filter(({ id, state }) => id !== user.id && state === "active");
  return (
    <div className={classes.filters}>
      <TextInput
        aria-label={t("Search deals")}
        placeholder={t("Name or company")}
        leftSection={<IconSearch size="0.875rem" />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <Select
        aria-label={t("Owner")}
        data={[
          { value: "all", label: t("All owners") },
          { value: "me", label: t("My deals") },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={address.owner ?? "all"}
        onChange={(owner) => change({ owner: owner === "all" ? undefined : (owner ?? undefined) })}
      />
      <Segmented
        aria-label={t("View")}
        data={[
          { value: "board", label: t("Board") },
          { value: "list", label: t("List") },
        ]}
        value={address.view === "list" ? "list" : "board"}
        onChange={(view) => change({ view: view === "list" ? "list" : undefined })}
      />
      {isAdmin && (
        <Link to="/settings/stages" search={{ kind: "deal" }} className={classes.stages}>
          {t("Edit stages")}
        </Link>
      )}
    </div>
  );
}

/** Of what is open, because what is won or lost is decided. */
function sayTotals(stages: readonly DealStage[], totals: readonly DealTotal[]) {
  const closed = new Set(stages.filter(({ is_closed }) => is_closed).map(({ id }) => id));
  const open = totals.filter(({ opportunity_stage_id: id }) => id === null || !closed.has(id));
  const count = open.reduce((all, { deals }) => all + deals, 0);
  if (count === 0) return t("No open deals.");
  const words = sums(open).map(({ currency, amount, weighted }) =>
    t("{money}, weighted {money2}", {
      money: money(Math.round(amount), currency),
      money2: money(Math.round(weighted), currency),
    }),
  );
  const deals = t("{count, plural, one {# open deal} other {# open deals}}", { count });
  return `${[deals, ...words].join(": ")}.`;
}
