import { t } from "../../../language/t.ts";
import { State } from "../../../parts/State.tsx";
import type { SqlLogin } from "./queries.ts";

export function LoginState({ usable, revoked_at, connections }: SqlLogin) {
  if (revoked_at) return <State kind="off">{t("Revoked")}</State>;
  if (!usable) return <State kind="off">{t("Not on this server")}</State>;
  if (connections === 0) return <State kind="good">{t("Active")}</State>;
  return (
    <State kind="good">
      {t("{connections, plural, one {In use} other {In use, # connections}}", { connections })}
    </State>
  );
}
