import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { LoginDialog } from "./LoginDialog.tsx";
import { LoginForm } from "./LoginForm.tsx";
import { LoginState } from "./LoginState.tsx";
import { Password } from "./Password.tsx";
import { type LoginWithPassword, type SqlLogin, useLogins } from "./queries.ts";

export function SqlLogins() {
  return (
    <AdminsOnly title={t("SQL logins")} what={t("Reporting tools use SQL logins to read the team's data.")}>
      <Logins />
    </AdminsOnly>
  );
}

function Logins() {
  const logins = useLogins();
  const [address, change] = useAddress();
  const [made, setMade] = useState<LoginWithPassword | null>(null);
  const opened = logins.data?.find(({ id }) => id === address.open);
  const begin = (
    <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
      {t("Create a login")}
    </Button>
  );
  return (
    <Page title={t("SQL logins")} state={logins.data && countLogins(logins.data)} action={begin}>
      {logins.error ? (
        <Trouble error={logins.error} onRetry={() => void logins.refetch()} />
      ) : logins.data?.length === 0 ? (
        <Empty
          says={t(
            "No SQL logins yet. Metabase, Grafana, Excel or a notebook can use one to read your team's data. It can't change anything.",
          )}
        />
      ) : (
        <DataTable
          label={t("SQL logins")}
          columns={COLUMNS}
          rows={logins.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
          isOver={({ usable }) => !usable}
        />
      )}
      {address.do === "create" && (
        <LoginForm
          onClose={() => change({ do: undefined })}
          onCreated={(login) => {
            setMade(login);
            change({ do: undefined });
          }}
        />
      )}
      {opened && <LoginDialog login={opened} onClose={() => change({ open: undefined })} />}
      {made && <Password made={made} onDone={() => setMade(null)} />}
    </Page>
  );
}

const COLUMNS: Column<SqlLogin>[] = perLanguage(() => [
  { header: t("Name"), width: "34%", cell: ({ name }) => name },
  { header: t("User name"), cell: ({ username }) => <code>{username}</code> },
  { header: t("Status"), cell: LoginState },
  { header: t("Created"), align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
]);

function countLogins(logins: readonly SqlLogin[]) {
  const working = logins.filter(({ usable }) => usable).length;
  return working === 0
    ? t("No active logins.")
    : t("{working, plural, one {# active login.} other {# active logins.}}", { working });
}
