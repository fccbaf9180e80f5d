import { Refused } from "@cadenza/sdk";
import { Button } from "@mantine/core";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { CaughtDialog } from "./CaughtDialog.tsx";
import { type Caught, useCaught, useEmptyCatcher } from "./queries.ts";
import { ANSWERS } from "./words.ts";

/** Mails that were caught instead of sent; the viewer plays the recipients' answers. */
export function CaughtPage() {
  const caught = useCaught(undefined);
  const [address, change] = useAddress();
  const [asks, setAsks] = useState(false);
  const opened = caught.data?.find(({ id }) => id === address.open);
  if (caught.error instanceof Refused && caught.error.status === 404) return <NotHere />;
  return (
    <Page
      title={t("Test inbox")}
      state={t("Emails that your test mailboxes sent. None was delivered. You can reply as the recipient.")}
      action={
        caught.data &&
        caught.data.length > 0 && (
          <Button variant="default" onClick={() => setAsks(true)}>
            {t("Delete all …")}
          </Button>
        )
      }
    >
      {caught.error ? (
        <Trouble error={caught.error} onRetry={() => void caught.refetch()} />
      ) : caught.data?.length === 0 ? (
        <Empty says={t("No emails yet. Emails from test mailboxes appear here and are never delivered.")} />
      ) : (
        <DataTable
          label={t("Test inbox")}
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

const COLUMNS: Column<Caught>[] = perLanguage(() => [
  { header: t("To"), width: "30%", cell: ({ to }) => to },
  {
    header: t("Subject"),
    width: "36%",
    cell: ({ subject }) => subject || <span className="soft">{t("No subject")}</span>,
  },
  {
    header: t("Replies"),
    cell: ({ answers }) =>
      answers.length > 0 ? (
        answers.map(({ kind }) => ANSWERS[kind].name).join(", ")
      ) : (
        <span className="soft">–</span>
      ),
  },
  { header: t("Sent"), align: "right", cell: ({ at }) => <Moment at={at} /> },
]);

function NotHere() {
  return (
    <Page title={t("Test inbox")} state={t("The test mail server is not running.")}>
      <Empty
        says={t(
          "The test mail server catches emails instead of delivering them. Your administrator turns it on with CADENZA_CATCHER=1.",
        )}
      />
    </Page>
  );
}

function Forget({ onClose }: { onClose: () => void }) {
  const empty = useEmptyCatcher();
  const go = () =>
    empty.mutate(undefined, {
      onSuccess: ({ deleted }) => {
        toast(t("{deleted, plural, one {# email} other {# emails}} deleted.", { deleted }));
        onClose();
      },
    });
  return (
    <Confirm
      title={t("Delete all emails in the test inbox?")}
      verb={t("Delete all")}
      isBusy={empty.isPending}
      error={empty.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>{t("All emails in your team's test inbox and the replies to them will be deleted.")}</p>
      <p className="soft">{t("The history in Cadenza stays. This cannot be undone.")}</p>
    </Confirm>
  );
}
