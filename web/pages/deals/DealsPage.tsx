import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Page } from "../../parts/Page.tsx";
import { usePageKeys } from "../../parts/pageKeys.ts";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useIsAdmin, useMe } from "../../session.ts";
import { usePeople } from "../people/queries.ts";
import { Board } from "./Board.tsx";
import { DealDialog } from "./DealDialog.tsx";
import { DealList } from "./DealList.tsx";
import classes from "./DealsPage.module.css";
import { money, sums } from "./money.ts";
import { type DealFilter, type Stage, stagesQuery, type Total, totalsQuery } from "./queries.ts";

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
      title="Deals"
      state={stages.data && totals.data && sayTotals(stages.data, totals.data)}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={begin}>
          New deal
        </Button>
      }
    >
      <div className={classes.page} data-wide>
        <Filters />
        {error ? (
          <Trouble error={error} onRetry={() => void Promise.all([stages.refetch(), totals.refetch()])} />
        ) : isEmpty ? (
          <Empty says="A deal is what a reply may come to: an amount, a stage, a day by which it is decided.">
            <Button variant="default" onClick={begin}>
              Make the first deal
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
        aria-label="Search deals"
        placeholder="Name or company"
        leftSection={<IconSearch size="0.875rem" />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <Select
        aria-label="Whose"
        data={[
          { value: "all", label: "Everybody's" },
          { value: "me", label: "Mine" },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={address.owner ?? "all"}
        onChange={(owner) => change({ owner: owner === "all" ? undefined : (owner ?? undefined) })}
      />
      <Segmented
        aria-label="How"
        data={[
          { value: "board", label: "Board" },
          { value: "list", label: "List" },
        ]}
        value={address.view === "list" ? "list" : "board"}
        onChange={(view) => change({ view: view === "list" ? "list" : undefined })}
      />
      {isAdmin && (
        <Link to="/settings/stages" search={{ kind: "deal" }} className={classes.stages}>
          Change the stages
        </Link>
      )}
    </div>
  );
}

/** Of what is open, because what is won or lost is decided. */
function sayTotals(stages: readonly Stage[], totals: readonly Total[]) {
  const closed = new Set(stages.filter(({ is_closed }) => is_closed).map(({ id }) => id));
  const open = totals.filter(({ opportunity_stage_id: id }) => id === null || !closed.has(id));
  const count = open.reduce((all, { deals }) => all + deals, 0);
  if (count === 0) return "No deal is open.";
  const words = sums(open).map(
    ({ currency, amount, weighted }) =>
      `${money(Math.round(amount), currency)}, weighted ${money(Math.round(weighted), currency)}`,
  );
  const deals = count === 1 ? "One deal is open" : `${figure(count)} deals are open`;
  return `${[deals, ...words].join(": ")}.`;
}
