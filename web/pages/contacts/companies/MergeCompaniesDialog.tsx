import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
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
        toast(
          t("{companies} companies merged into {account}.", {
            companies: companies.length,
            account: nameOf(account),
          }),
        );
        onMerged();
        onClose();
      },
    });
  return (
    <Dialog
      title={t("Merge {companies} companies", { companies: companies.length })}
      onClose={onClose}
      size="lg"
    >
      <div className="stack">
        <Radio.Group label={t("Company to keep")} value={winnerId} onChange={setWinnerId}>
          <div className="stack" style={{ gap: 8, marginTop: 4 }}>
            {companies.map((one) => (
              <Radio
                key={one.id}
                value={one.id}
                label={nameOf(one)}
                description={[
                  one.domain,
                  t("{num_contacts, plural, one {# contact} other {# contacts}}", {
                    num_contacts: one.num_contacts,
                  }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              />
            ))}
          </div>
        </Radio.Group>
        <p className="soft small">
          {t(
            "{moving, plural, one {# contact} other {# contacts}} will move to it, with deals, notes and lists. Its empty fields will be filled. The other companies will be deleted. This cannot be undone.",
            { moving },
          )}
        </p>
        <Trouble error={merge.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button loading={merge.isPending} onClick={go}>
            {t("Merge into {value}", { value: winner ? nameOf(winner) : t("company") })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
