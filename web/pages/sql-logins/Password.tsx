import { Facts } from "../../parts/Facts.tsx";
import { OneTimeSecret } from "../../parts/OneTimeSecret.tsx";
import type { LoginWithPassword } from "./queries.ts";

/** All that a tool asks for, this once only. */
export function Password({ made, onDone }: { made: LoginWithPassword; onDone: () => void }) {
  return (
    <OneTimeSecret
      title={`The login ${made.name}`}
      label="the address"
      secret={made.url}
      confirm="I have stored it"
      onDone={onDone}
    >
      <p>
        Copy it now to where it will be used: the password is shown this once only. If it is lost, revoke the
        login and make another.
      </p>
      <Facts
        facts={[
          ["Host", made.host],
          ["Port", String(made.port)],
          ["Database", made.database],
          ["User name", <code key="user">{made.username}</code>],
          ["Password", <code key="password">{made.password}</code>],
        ]}
      />
      <p className="soft">
        The host is the one by which this server reaches its database. From elsewhere, put in what your tool
        reaches it by.
      </p>
    </OneTimeSecret>
  );
}
