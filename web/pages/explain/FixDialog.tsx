import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "../../parts/Dialog.tsx";
import { figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import type { Mending } from "./FixButton.tsx";
import { callFix, countOf, isAboutMany } from "./fixing.ts";
import type { Fix } from "./queries.ts";

type Props = { fix: Fix; warning: string | null; mend: Mending; onClose: () => void };

/** Says what will happen, in numbers where a dry run can tell them. */
export function FixDialog({ fix, warning, mend, onClose }: Props) {
  const isMany = isAboutMany(fix);
  const rehearsal = useQuery({
    queryKey: ["why", "rehearsal", fix],
    queryFn: () => callFix(fix, true),
    enabled: isMany,
    staleTime: 0,
    gcTime: 0,
  });
  const count = rehearsal.data ? countOf(rehearsal.data) : null;
  const isNobody = count?.going === 0;
  return (
    <Dialog onClose={onClose} title={`${fix.label}?`} size="md">
      <div className="stack">
        {warning && <p>{warning}</p>}
        {isMany && (
          <p aria-live="polite">{rehearsal.isPending ? "Counting who it is about …" : countWords(count)}</p>
        )}
        <Trouble error={rehearsal.error ?? mend.error} doing={mend.error ? "writing" : "reading"} />
        <div className="row end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Leave it
          </Button>
          <Button
            loading={mend.isPending}
            disabled={isMany && (rehearsal.isPending || isNobody)}
            onClick={() => mend.mutate()}
          >
            {fix.label}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function countWords(count: ReturnType<typeof countOf>) {
  if (!count) return "It is about everybody whom this holds.";
  const going = `${figure(count.going)} ${count.going === 1 ? "contact is" : "contacts are"} moved on.`;
  const left =
    count.left === 1
      ? "1 is left alone: it would not help."
      : `${figure(count.left)} are left alone: it would not help them.`;
  return count.left > 0 ? `${going} ${left}` : going;
}
