import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";
import { nameOf } from "./columns.tsx";
import { type Company, useCompanyWrite } from "./queries.ts";

type Props = { companies: readonly Company[]; onClose: () => void; onMerged: () => void };

/** One company of several: who stays is chosen; people and deals of the others come over. */
export function MergeCompaniesDialog({ companies, onClose, onMerged }: Props) {
  const [winnerId, setWinnerId] = useState(
    companies.toSorted((a, b) => b.num_contacts - a.num_contacts)[0]?.id ?? "",
  );
  const losers = companies.filter(({ id }) => id !== winnerId);
  const moving = losers.reduce((sum, { num_contacts }) => sum + num_contacts, 0);
  const winner = companies.find(({ id }) => id === winnerId);
  const merge = useCompanyWrite(() =>
    api.accounts.merge({ winner_id: winnerId, loser_ids: losers.map(({ id }) => id) }),
  );
  const go = () =>
    merge.mutate(undefined, {
      onSuccess: ({ account }) => {
        toast(`${companies.length} companies are now one: ${nameOf(account)}.`);
        onMerged();
        onClose();
      },
    });
  return (
    <Dialog title={`Merge ${companies.length} companies`} onClose={onClose} size="lg">
      <div className="stack">
        <Radio.Group label="Which one stays" value={winnerId} onChange={setWinnerId}>
          <div className="stack" style={{ gap: 8, marginTop: 4 }}>
            {companies.map((one) => (
              <Radio
                key={one.id}
                value={one.id}
                label={nameOf(one)}
                description={[one.domain, `${one.num_contacts} contacts`].filter(Boolean).join(" · ")}
              />
            ))}
          </div>
        </Radio.Group>
        <p className="soft small">
          {moving} {moving === 1 ? "contact comes" : "contacts come"} over, with deals, notes and lists. It
          keeps what it has and gets what it lacks; the others are gone, and this cannot be undone.
        </p>
        <Trouble error={merge.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={merge.isPending} onClick={go}>
            Merge into {winner ? nameOf(winner) : "one"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
