import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { draftOf } from "../sequence-steps/draft.ts";
import { SequenceMap } from "../sequence-steps/SequenceMap.tsx";
import { ASK_OWNER, useRights } from "../sequences/access.ts";
import { type FullSequence, type Sequence, useSequence } from "../sequences/queries.ts";
import { Rate } from "../sequences/rates.tsx";
import { Switch } from "../sequences/SequenceVerbs.tsx";
import { SequenceState, sayPeople } from "../sequences/words.tsx";

type Props = { id: string; onClose: () => void; onOpen: () => void };

/** A look at a sequence beside the table: its state and figures, its steps, and what it needs next. */
export function SequencePeek({ id, onClose, onOpen }: Props) {
  const { data: whole, error, refetch } = useSequence(id);
  const sequence = whole?.emailer_campaign;
  return (
    <SidePanel
      title={sequence?.name ?? t("Sequence")}
      says={sequence && <SequenceState sequence={sequence} />}
      onClose={onClose}
      onOpen={onOpen}
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {whole && <Known key={id} whole={whole} />}
    </SidePanel>
  );
}

function Known({ whole }: { whole: FullSequence }) {
  const { emailer_campaign: sequence } = whole;
  const { data: people } = usePeople();
  const owner = people?.find(({ id }) => id === sequence.user_id);
  return (
    <div className="stack">
      <Verbs sequence={sequence} />
      <Facts
        facts={[
          [t("Contacts"), sayPeople(sequence)],
          [t("Delivered"), figure(sequence.unique_delivered)],
          [t("Opened"), <Rate key="opened" of={sequence} kind="opened" />],
          [t("Replied"), <Rate key="replied" of={sequence} kind="replied" />],
          [t("Bounced"), <Rate key="bounced" of={sequence} kind="bounced" />],
          [t("Owner"), owner?.name],
          [t("Last used"), <Moment key="used" at={sequence.last_used_at} none={t("Never")} />],
        ]}
      />
      <SequenceMap whole={whole} draft={draftOf(whole)} />
    </div>
  );
}

function Verbs({ sequence }: { sequence: Sequence }) {
  const { mayEdit } = useRights(sequence);
  if (!mayEdit) return <p className="soft small">{ASK_OWNER.edit}</p>;
  if (sequence.archived) return null;
  return (
    <div className="row">
      <Switch sequence={sequence} />
      <Button
        variant="default"
        leftSection={<IconUserPlus size="0.875rem" aria-hidden />}
        renderRoot={(props) => (
          <Link to="/sequences/$id" params={{ id: sequence.id }} search={{ do: "add-contacts" }} {...props} />
        )}
      >
        {t("Add contacts")}
      </Button>
    </div>
  );
}
