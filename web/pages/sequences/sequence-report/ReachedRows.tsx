import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
import type { FullSequence } from "../sequences/queries.ts";
import { reachedQuery } from "./queries.ts";

/** As the address names it, beside the kinds of emails. */
export const REACHED = "reached";

type Props = { sequenceId: string; from: string | undefined; whole: FullSequence };

/** The contacts whom a step has reached, the latest first. */
export function ReachedRows({ sequenceId, from, whole }: Props) {
  const [{ step: stepId }, change] = useAddress();
  const found = useInfiniteQuery(reachedQuery(sequenceId, stepId, from));
  const step = whole.emailer_steps.find(({ id }) => id === stepId);
  const total = found.data?.pages[0]?.pagination.total_entries;
  return (
    <RowsPanel
      title={t("Contacts reached")}
      says={[
        step ? t("Step {position}", { position: step.position }) : t("Whole sequence"),
        total !== undefined && t("{total, plural, one {# contact} other {# contacts}}", { total }),
      ]}
      found={found}
      rows={found.data?.pages.flatMap(({ contacts }) =>
        contacts.map(({ id, name, email, reached_at }) => ({
          id,
          at: reached_at,
          head: <a href={`/contacts/${id}`}>{name || email || t("No name")}</a>,
          note: name ? email : null,
        })),
      )}
      empty={t("No contacts.")}
      onClose={() => change({ kind: undefined, step: undefined, open: undefined })}
    />
  );
}
