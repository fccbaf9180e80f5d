import { t } from "../../../language/t.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { OneTimeSecret } from "../../../parts/OneTimeSecret.tsx";
import type { LoginWithPassword } from "./queries.ts";

/** All that a tool asks for, this once only. */
export function Password({ made, onDone }: { made: LoginWithPassword; onDone: () => void }) {
  return (
    <OneTimeSecret
      title={t("SQL login {name}", { name: made.name })}
      label={t("the connection URL")}
      secret={made.url}
      confirm={t("I have stored it")}
      onDone={onDone}
    >
      <p>
        {t(
          "Copy it now. The password is shown only once. If you lose it, revoke the login and create another.",
        )}
      </p>
      <Facts
        facts={[
          [t("Host"), made.host],
          [t("Port"), String(made.port)],
          [t("Database"), made.database],
          [t("User name"), <code key="user">{made.username}</code>],
          [t("Password"), <code key="password">{made.password}</code>],
        ]}
      />
      <p className="soft">
        {t(
          "The host is the database address as this server sees it. From another network, use the address that your tool can reach.",
        )}
      </p>
    </OneTimeSecret>
  );
}
