import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { LoginDialog } from "./LoginDialog.tsx";
import { LoginForm } from "./LoginForm.tsx";
import { LoginState } from "./LoginState.tsx";
import { Password } from "./Password.tsx";
import { type Login, type LoginWithPassword, useLogins } from "./queries.ts";

export function SqlLogins() {
  return (
    <AdminsOnly title="SQL logins" what="Tools of one's own read the team's figures, and admins let them in.">
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
      Create a login
    </Button>
  );
  return (
    <Page title="SQL logins" state={logins.data && countLogins(logins.data)} action={begin}>
      {logins.error ? (
        <Trouble error={logins.error} onRetry={() => void logins.refetch()} />
      ) : logins.data?.length === 0 ? (
        <Empty says="Metabase, Grafana, Excel or a notebook read the team's figures with a login to the database. It sees all of the team, and changes nothing." />
      ) : (
        <DataTable
          label="SQL logins"
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

const COLUMNS: Column<Login>[] = [
  { header: "Name", width: "34%", cell: ({ name }) => name },
  { header: "User name", cell: ({ username }) => <code>{username}</code> },
  { header: "State", cell: LoginState },
  { header: "Made", align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
];

function countLogins(logins: readonly Login[]) {
  const working = logins.filter(({ usable }) => usable).length;
  return working === 0 ? "No login works." : working === 1 ? "1 login works." : `${working} logins work.`;
}
