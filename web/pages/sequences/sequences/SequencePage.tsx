import { Skeleton, Tabs } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { useLate } from "../../../parts/late.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type Sequence, useSequence } from "./queries.ts";
import { SequenceHeader } from "./SequenceHeader.tsx";
import classes from "./SequencePage.module.css";
import { SEQUENCE_TABS } from "./tabs.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("../enrolling/AddContactsDialog.tsx")).AddContactsDialog,
}));

/** One sequence: what it is and its state, and below it one of its tabs. */
export function SequencePage() {
  const { id = "" } = useParams({ strict: false });
  const found = useSequence(id);
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  // Another sequence is another page: nothing that was begun here is carried over.
  return <Framed key={id} sequence={found.data.emailer_campaign} />;
}

function Framed({ sequence }: { sequence: Sequence }) {
  useDocumentTitle(t("{name} · Cadenza", { name: sequence.name }));
  const [address, change] = useAddress();
  const open = SEQUENCE_TABS.find(({ name }) => name === address.tab) ?? SEQUENCE_TABS[0];
  return (
    <div className={classes.page}>
      <SequenceHeader sequence={sequence} />
      <Tabs value={open?.name ?? null} onChange={(tab) => tab && change({ ...LEFT_BEHIND, tab })}>
        <Tabs.List className={classes.tabs}>
          {SEQUENCE_TABS.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {open && (
          <Tabs.Panel value={open.name} className={classes.panel} tabIndex={-1}>
            <Suspense fallback={<WaitingForTab />}>
              <open.Page sequenceId={sequence.id} />
            </Suspense>
          </Tabs.Panel>
        )}
      </Tabs>
      {address.do === "add-contacts" && (
        <Suspense fallback={null}>
          <AddContactsDialog sequenceId={sequence.id} onClose={() => change({ do: undefined })} />
        </Suspense>
      )}
    </div>
  );
}

/** What one tab has put into the address means nothing to the next. */
const LEFT_BEHIND = {
  q: undefined,
  filter: undefined,
  view: undefined,
  sort: undefined,
  peek: undefined,
  status: undefined,
  reason: undefined,
  from: undefined,
  until: undefined,
  step: undefined,
  contact: undefined,
  open: undefined,
  kind: undefined,
};

function Waiting() {
  return (
    <div className={classes.page} aria-busy="true">
      <div className={classes.waitingTop}>{useLate(true) && <Skeleton height={20} width="18rem" />}</div>
      <WaitingForTab />
    </div>
  );
}

function WaitingForTab() {
  const isLate = useLate(true);
  return (
    <div className={classes.waiting} aria-busy="true">
      {isLate && ["a", "b", "c"].map((card) => <Skeleton key={card} height={88} radius="sm" />)}
    </div>
  );
}
