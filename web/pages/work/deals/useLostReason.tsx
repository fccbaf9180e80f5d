import { type ReactNode, useCallback, useState } from "react";
import { LostDialog } from "./LostDialog.tsx";
import type { Deal } from "./queries.ts";

type Asked = { deal: Pick<Deal, "name">; answer: (reason: string | null) => void };

export type AskWhyLost = (deal: Pick<Deal, "name">) => Promise<string | null>;

/** Asks why a deal is lost, before it is; null: it is not lost after all. The dialog has to be drawn. */
export function useLostReason(): { ask: AskWhyLost; dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback<AskWhyLost>((deal) => new Promise((answer) => setAsked({ deal, answer })), []);
  const answer = (reason: string | null) => {
    asked?.answer(reason);
    setAsked(null);
  };
  return {
    ask,
    dialog: asked && <LostDialog deal={asked.deal} onClose={() => answer(null)} onLost={answer} />,
  };
}
