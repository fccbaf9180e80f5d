import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Page } from "../../../parts/Page.tsx";
import { useSort } from "../../../parts/records/sort.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type TeamMember, usePeople } from "../../settings/people/queries.ts";
import { TrackingDomains } from "../tracking-domains/TrackingDomains.tsx";
import { Budget } from "./Budget.tsx";
import { ConnectDialog } from "./ConnectDialog.tsx";
import classes from "./MailboxList.module.css";
import { type Mailbox, type MailboxStanding, useMailboxes, useStandings } from "./queries.ts";
import { Bounces, bounceRate, countMailboxes, isReadFirst, MailboxState, stateRank } from "./words.tsx";

export function MailboxList() {
  const mailboxes = useMailboxes();
  const standings = useStandings();
  const { data: people = [] } = usePeople();
  const [address, change] = useAddress();
  const order = useSort();
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: "/settings/mailboxes/$id", params: { id } });
  const rows = mailboxes.data?.map((mailbox) => ({
    mailbox,
    standing: standings.data?.find(({ email_account_id }) => email_account_id === mailbox.id),
    owner: people.find(({ id }) => id === mailbox.user_id),
  }));
  const begin = (
    <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "connect" })}>
      {t("Connect a mailbox")}
    </Button>
  );
  return (
    <Page
      title={t("Mailboxes")}
      state={mailboxes.data && countMailboxes(mailboxes.data, standings.data)}
      action={begin}
    >
      {mailboxes.error ? (
        <Trouble error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />
      ) : rows?.length === 0 ? (
        <Empty says={t("Sequences send from your mailboxes and read the replies there.")}>
          <a href="/help/start/mailbox">{t("How mailboxes work")}</a>
        </Empty>
      ) : (
        <DataTable
          label={t("Mailboxes")}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ mailbox }) => mailbox.id}
          onOpen={({ mailbox }) => open(mailbox.id)}
          order={order}
        />
      )}
      {rows && <TrackingDomains />}
      {address.do === "connect" && (
        <ConnectDialog
          provider={address.kind}
          onClose={() => change({ do: undefined, kind: undefined })}
          onConnected={({ id }) => open(id)}
        />
      )}
    </Page>
  );
}

type Row = { mailbox: Mailbox; standing: MailboxStanding | undefined; owner: TeamMember | undefined };

const COLUMNS: Column<Row>[] = perLanguage(() => [
  {
    header: t("Mailbox"),
    width: "32%",
    sort: { by: "email", value: ({ mailbox }) => mailbox.email },
    cell: Name,
  },
  { header: t("Status"), sort: { by: "status", value: stateRank }, cell: MailboxState },
  {
    header: t("Last 24 hours"),
    width: "18%",
    sort: {
      by: "sent",
      first: "descending",
      value: ({ standing }) => standing?.sending.sent_last_day,
    },
    cell: Budget,
  },
  {
    header: t("Next free slot"),
    sort: { by: "free", value: freeAt },
    cell: ({ standing }) =>
      standing && <Moment at={futureOnly(standing.sending.free_at)} none={freeWord(standing)} />,
  },
  {
    header: t("Contacts waiting"),
    sort: { by: "waiting", first: "descending", value: ({ standing }) => standing?.sending.waiting },
    align: "right",
    cell: ({ standing }) => (standing ? figure(standing.sending.waiting) : "–"),
  },
  {
    header: t("Bounce rate"),
    align: "right",
    sort: { by: "bounces", first: "descending", value: bounceRate },
    cell: Bounces,
  },
]);

function Name({ mailbox, owner }: Row) {
  return (
    <span className={classes.name}>
      <span>
        {mailbox.email}
        {mailbox.default && <span className="soft"> {t("(default)")}</span>}
      </span>
      <span className={classes.owner}>
        {[owner?.name, mailbox.visibility === "everyone" ? t("shared with the team") : t("owner only")]
          .filter(Boolean)
          .join(", ")}
      </span>
    </span>
  );
}

/** Free now comes first, and what cannot send until a problem is fixed last. */
function freeAt({ standing }: Row) {
  const at = standing?.sending.free_at;
  return at ? Math.max(Date.parse(at), currentTimeMs()) : null;
}

function futureOnly(at: string | null) {
  return at && Date.parse(at) > currentTimeMs() ? at : null;
}

function freeWord(standing: MailboxStanding) {
  if (isReadFirst(standing)) return t("After the first reading");
  return standing.sending.free_at ? t("Now") : t("After the problem is fixed");
}
