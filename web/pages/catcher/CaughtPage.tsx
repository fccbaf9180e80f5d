import { Refused } from "@cadenza/sdk";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { CaughtDialog } from "./CaughtDialog.tsx";
import { type Caught, useCaught, useEmptyCatcher } from "./queries.ts";
import { ANSWERS } from "./words.ts";

/** What was sent and stayed in the house; and what the world answers, played by whoever looks. */
export function CaughtPage() {
  const caught = useCaught(undefined);
  const [address, change] = useAddress();
  const [asks, setAsks] = useState(false);
  const opened = caught.data?.find(({ id }) => id === address.open);
  if (caught.error instanceof Refused && caught.error.status === 404) return <NotHere />;
  return (
    <Page
      title="Caught mail"
      state="What mailboxes of the catcher sent. It stayed in the house; answer it as the person would."
      action={
        caught.data &&
        caught.data.length > 0 && (
          <Button variant="default" onClick={() => setAsks(true)}>
            Forget all …
          </Button>
        )
      }
    >
      {caught.error ? (
        <Trouble error={caught.error} onRetry={() => void caught.refetch()} />
      ) : caught.data?.length === 0 ? (
        <Empty says="Nothing has been caught yet. What a mailbox of the type catcher sends comes here, and goes nowhere else." />
      ) : (
        <DataTable
          label="Caught mail"
          columns={COLUMNS}
          rows={caught.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
        />
      )}
      {opened && <CaughtDialog mail={opened} onClose={() => change({ open: undefined })} />}
      {asks && <Forget onClose={() => setAsks(false)} />}
    </Page>
  );
}

const COLUMNS: Column<Caught>[] = [
  { header: "To", width: "30%", cell: ({ to }) => to },
  {
    header: "Subject",
    width: "36%",
    cell: ({ subject }) => subject || <span className="soft">No subject</span>,
  },
  {
    header: "Answered",
    cell: ({ answers }) =>
      answers.length > 0 ? (
        answers.map(({ kind }) => ANSWERS[kind].name).join(", ")
      ) : (
        <span className="soft">–</span>
      ),
  },
  { header: "When", align: "right", cell: ({ at }) => <Moment at={at} /> },
];

function NotHere() {
  return (
    <Page title="Caught mail" state="The mail catcher does not run here.">
      <Empty says="With the catcher, mail stays in the house: for development, and for looking around. Whoever runs this Cadenza starts it with CADENZA_CATCHER=1." />
    </Page>
  );
}

function Forget({ onClose }: { onClose: () => void }) {
  const empty = useEmptyCatcher();
  const go = () =>
    empty.mutate(undefined, {
      onSuccess: ({ deleted }) => {
        toast(`${deleted} mails are forgotten.`);
        onClose();
      },
    });
  return (
    <Confirm
      title="Forget all caught mail?"
      verb="Forget it"
      isBusy={empty.isPending}
      error={empty.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>The mails that were caught for this team, and the answers to them, are deleted from the catcher.</p>
      <p className="soft">What Cadenza knows of them stays. This cannot be undone.</p>
    </Confirm>
  );
}
