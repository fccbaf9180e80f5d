import { Tooltip, VisuallyHidden } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { figure } from "../../../parts/figures.ts";
import { percent } from "../sequences/rates.tsx";
import classes from "./Count.module.css";
import type { Stat } from "./queries.ts";

type Props = {
  n: number;
  stat: Stat;
  /** "14 of 434 delivered emails": what it is a share of, by name; the first is shown. */
  of?: readonly (readonly [whole: number, name: string, part?: number])[];
  /** What was counted, for screen readers: "replied at step 2". */
  what: string;
  stepId?: string;
  touchId?: string;
};

/** A number with its share, which says what it is a share of and opens the mails behind it. */
export function Count({ n, stat, of = [], what, stepId, touchId }: Props) {
  const [, change] = useAddress();
  const [first] = of;
  const says = of
    .filter(([whole]) => whole > 0)
    .map(([whole, name, part = n]) =>
      t("{part, number} of {whole, number} {name}: {percent}", {
        part,
        whole,
        name,
        percent: percent(part / whole),
      }),
    )
    .join(" · ");
  const share = first && first[0] > 0 ? percent((first[2] ?? n) / first[0]) : null;
  if (n === 0) return <span className="soft">0</span>;
  return (
    <Tooltip label={says || t("{n, number} emails", { n })} multiline maw={320}>
      <button
        type="button"
        className={classes.count}
        onClick={() => change({ kind: stat, step: stepId, open: touchId })}
      >
        <span data-figures>{figure(n)}</span>
        <VisuallyHidden>{what}</VisuallyHidden>
        {share && <span className={classes.share}>{share}</span>}
        <VisuallyHidden>{t("{says}. Show emails", { says })}</VisuallyHidden>
      </button>
    </Tooltip>
  );
}
