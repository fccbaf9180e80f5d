import { Behind } from "../reports/Behind.tsx";
import type { Goal } from "./queries.ts";

type Props = { goal: Goal; onClose: () => void };

/** What a goal counts: the rows of the report of its user and period. */
export function GoalRows({ goal: { metric, user_id, from, until }, onClose }: Props) {
  const filters = { smart_user_id: [user_id], smart_datetime_range: { min: from, max: until } };
  return (
    <Behind
      asked={{ metrics: [metric], by: null, across: null, period: "custom_range", filters, skipped: [] }}
      cell={{ metric, group: null, pivot: null }}
      counted={undefined}
      onClose={onClose}
    />
  );
}
