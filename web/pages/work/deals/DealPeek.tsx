import { t } from "../../../language/t.ts";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { DealFacts } from "./DealFacts.tsx";
import { useDeal } from "./queries.ts";

type Props = { id: string; onClose: () => void; onOpen: () => void };

/** A look at a deal beside the table. */
export function DealPeek({ id, onClose, onOpen }: Props) {
  const { data: deal, error } = useDeal(id);
  return (
    <SidePanel title={deal?.name ?? t("Deal")} says={deal?.stage_name} onClose={onClose} onOpen={onOpen}>
      <Trouble error={error} />
      {deal && (
        <div className="stack" key={id}>
          <DealFacts deal={deal} />
        </div>
      )}
    </SidePanel>
  );
}
