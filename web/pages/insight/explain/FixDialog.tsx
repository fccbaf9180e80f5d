import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { Mending } from "./FixButton.tsx";
import { callFix, countOf, isAboutMany } from "./fixing.ts";
import type { HoldFix } from "./queries.ts";

type Props = { fix: HoldFix; warning: string | null; mend: Mending; onClose: () => void };

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
          <p aria-live="polite">{rehearsal.isPending ? t("Counting contacts …") : countWords(count)}</p>
        )}
        <Trouble error={rehearsal.error ?? mend.error} doing={mend.error ? "writing" : "reading"} />
        <div className="row end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("Cancel")}
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
  if (!count) return t("All contacts on hold for this reason will be affected.");
  const going = t("{going, plural, one {# contact} other {# contacts}} will continue.", {
    going: count.going,
  });
  const left = t(
    "{left, plural, one {# contact will not change, because this does not help.} other {# contacts will not change, because this does not help.}}",
    { left: count.left },
  );
  return count.left > 0 ? `${going} ${left}` : going;
}
