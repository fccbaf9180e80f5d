import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RecordLines } from "../../../parts/RecordLines.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { CloseDay } from "./CloseDay.tsx";
import { money } from "./money.ts";
import type { Deal } from "./queries.ts";

type Listed = Pick<
  Deal,
  "id" | "name" | "amount" | "currency" | "stage_name" | "is_closed" | "closed_date" | "actual_close_date"
>;

type Props = {
  found: Pick<UseQueryResult<readonly Listed[]>, "data" | "error" | "refetch">;
  none: string;
};

/** The deals of one record. */
export function DealLines({ found: { data, error, refetch }, none }: Props) {
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <RecordLines
      none={none}
      lines={data?.map((deal) => ({
        key: deal.id,
        name: (
          <Link to="/deals/$id" params={{ id: deal.id }}>
            {deal.name}
          </Link>
        ),
        note: [deal.stage_name, deal.amount === null ? null : money(deal.amount, deal.currency.iso_code)]
          .filter(Boolean)
          .join(" · "),
        at: <CloseDay deal={deal} />,
      }))}
    />
  );
}
