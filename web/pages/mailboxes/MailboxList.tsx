import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Moment } from "../../parts/Moment.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { type Person, usePeople } from "../people/queries.ts";
import { Budget } from "./Budget.tsx";
import { ConnectDialog } from "./ConnectDialog.tsx";
import classes from "./MailboxList.module.css";
import { type Mailbox, type Standing, useMailboxes, useStandings } from "./queries.ts";
import { Bounces, countMailboxes, MailboxState } from "./words.tsx";

export function MailboxList() {
  const mailboxes = useMailboxes();
  const standings = useStandings();
  const { data: people = [] } = usePeople();
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: "/settings/mailboxes/$id", params: { id } });
  const rows = mailboxes.data?.map((mailbox) => ({
    mailbox,
    standing: standings.data?.find(({ email_account_id }) => email_account_id === mailbox.id),
    owner: people.find(({ id }) => id === mailbox.user_id),
  }));
  const begin = (
    <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "connect" })}>
      Connect a mailbox
    </Button>
  );
  return (
    <Page
      title="Mailboxes"
      state={mailboxes.data && countMailboxes(mailboxes.data, standings.data)}
      action={begin}
    >
      {mailboxes.error ? (
        <Trouble error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />
      ) : rows?.length === 0 ? (
        <Empty says="Sequences send from your own mailboxes and read the answers there, so that a reply stops what should stop.">
          <a href="/docs">How mailboxes are used</a>
        </Empty>
      ) : (
        <DataTable
          label="Mailboxes"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ mailbox }) => mailbox.id}
          onOpen={({ mailbox }) => open(mailbox.id)}
        />
      )}
      {address.do === "connect" && (
        <ConnectDialog onClose={() => change({ do: undefined })} onConnected={({ id }) => open(id)} />
      )}
    </Page>
  );
}

type Row = { mailbox: Mailbox; standing: Standing | undefined; owner: Person | undefined };

const COLUMNS: Column<Row>[] = [
  { header: "Mailbox", width: "32%", cell: Name },
  { header: "State", cell: MailboxState },
  { header: "Last 24 hours", width: "18%", cell: Budget },
  {
    header: "Free",
    cell: ({ standing }) =>
      standing && <Moment at={futureOnly(standing.sending.free_at)} none={freeWord(standing)} />,
  },
  {
    header: "Waiting",
    align: "right",
    cell: ({ standing }) => (standing ? figure(standing.sending.waiting) : "–"),
  },
  { header: "Bounced", align: "right", cell: Bounces },
];

function Name({ mailbox, owner }: Row) {
  return (
    <span className={classes.name}>
      <span>
        {mailbox.email}
        {mailbox.default && <span className="soft"> (default)</span>}
      </span>
      <span className={classes.owner}>
        {[owner?.name, mailbox.visibility === "everyone" ? "for everybody" : "for its owner"]
          .filter(Boolean)
          .join(", ")}
      </span>
    </span>
  );
}

function futureOnly(at: string | null) {
  return at && Date.parse(at) > Date.now() ? at : null;
}

function freeWord({ sending }: Standing) {
  return sending.free_at ? "Now" : "When mended";
}
