import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Application, useEndApplication } from "./queries.ts";

type Props = { application: Application; onClose: () => void };

export function ApplicationDialog({ application, onClose }: Props) {
  const [isEnding, setIsEnding] = useState(false);
  const end = useEndApplication();
  const { name, people } = application;
  const go = () =>
    end.mutate(application.id, {
      onSuccess: () => {
        toast(t("{name} removed for the whole team.", { name }));
        onClose();
      },
    });
  if (isEnding)
    return (
      <Confirm
        title={t("Remove {name} for the team?", { name })}
        verb={t("Remove for the team")}
        isBusy={end.isPending}
        error={end.error}
        onConfirm={go}
        onClose={() => setIsEnding(false)}
      >
        <p>
          {people === 0
            ? t("No one uses it now. No one will be able to connect it again.")
            : t("It will lose access for {people, plural, one {# user} other {# users}} immediately.", {
                people,
              })}
        </p>
        <p className="soft">{t("This cannot be undone. Changes that it made stay.")}</p>
      </Confirm>
    );
  return (
    <Dialog onClose={onClose} title={name} size="lg">
      <div className="stack">
        <Facts facts={factsOf(application)} />
        {!application.revoked_at && (
          <div className="row end">
            <Button variant="default" onClick={() => setIsEnding(true)}>
              {t("Remove for the team …")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function factsOf(application: Application) {
  return [
    ["client_id", <code key="id">{application.id}</code>],
    [t("Secret"), application.confidential ? t("Yes") : t("No (uses PKCE)")],
    [t("Redirect URLs"), <Lines key="uris" of={application.redirect_uris} />],
    [t("Allowed scopes"), <Lines key="scopes" of={application.scopes} />],
    [t("Source"), application.added_by_admin ? t("Added by an admin") : t("Registered itself")],
    [t("Added"), <Moment key="since" at={application.created_at} />],
    [t("Last used"), <Moment key="used" at={application.last_used_at} none={t("Never")} />],
    ...(application.revoked_at
      ? [[t("Removed"), <Moment key="ended" at={application.revoked_at} />] as const]
      : []),
  ] as const;
}

function Lines({ of }: { of: readonly string[] }) {
  return of.map((line) => (
    <div key={line} style={{ overflowWrap: "anywhere" }}>
      <code>{line}</code>
    </div>
  ));
}
