import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayOf } from "../../../parts/when.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { money } from "./money.ts";
import { type Deal, type DealFilter, listQuery } from "./queries.ts";

type Props = { filter: DealFilter; onOpen: (id: string) => void };

export function DealList({ filter, onOpen }: Props) {
  const found = useInfiniteQuery(listQuery(filter));
  const deals = found.data?.pages.flatMap(({ opportunities }) => opportunities);
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (deals?.length === 0) return <Empty says={t("No deals match these filters.")} />;
  return (
    <>
      <DataTable
        label={t("Deals")}
        columns={COLUMNS}
        rows={deals}
        rowKey={({ id }) => id}
        onOpen={({ id }) => onOpen(id)}
        isOver={({ is_closed }) => is_closed}
      />
      {found.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t("Load more")}
          </Button>
        </div>
      )}
    </>
  );
}

const COLUMNS: Column<Deal>[] = perLanguage(() => [
  { header: t("Deal"), width: "34%", cell: ({ name }) => name },
  { header: t("Stage"), cell: ({ stage_name }) => stage_name ?? "–" },
  { header: t("Owner"), cell: (deal) => <Owner id={deal.owner_id} /> },
  {
    header: t("Close date"),
    cell: ({ closed_date }) =>
      closed_date ? dayOf(closed_date, currentTime()) : <span className="soft">–</span>,
  },
  {
    header: t("Amount"),
    align: "right",
    cell: ({ amount, currency }) =>
      amount === null ? <span className="soft">–</span> : money(amount, currency.iso_code),
  },
]);

function Owner({ id }: { id: string | null }) {
  const { data: people = [] } = usePeople();
  return people.find((person) => person.id === id)?.name ?? <span className="soft">{t("No owner")}</span>;
}
