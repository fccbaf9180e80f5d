import { Button } from "@mantine/core";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { toast } from "../../parts/toast.tsx";
import { type Application, useEndApplication } from "./queries.ts";

type Props = { application: Application; onClose: () => void };

export function ApplicationDialog({ application, onClose }: Props) {
  const [isEnding, setIsEnding] = useState(false);
  const end = useEndApplication();
  const { name, people } = application;
  const go = () =>
    end.mutate(application.id, {
      onSuccess: () => {
        toast(`${name} is ended for the whole team.`);
        onClose();
      },
    });
  if (isEnding)
    return (
      <Confirm
        title={`End ${name} for the team?`}
        verb="End for good"
        isBusy={end.isPending}
        error={end.error}
        onConfirm={go}
        onClose={() => setIsEnding(false)}
      >
        <p>
          {people === 0
            ? "It acts for nobody at present, and nobody will be able to let it in."
            : `It acts for ${people === 1 ? "one person" : `${people} people`} now, and is refused from this moment on.`}
        </p>
        <p className="soft">This cannot be undone. What it has done stays.</p>
      </Confirm>
    );
  return (
    <Dialog onClose={onClose} title={name} size="lg">
      <div className="stack">
        <Facts facts={factsOf(application)} />
        {!application.revoked_at && (
          <div className="row end">
            <Button variant="default" onClick={() => setIsEnding(true)}>
              End it for the team …
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
    ["Secret", application.confidential ? "It has one" : "It cannot keep one"],
    ["Answered at", <Lines key="uris" of={application.redirect_uris} />],
    ["May ask for", <Lines key="scopes" of={application.scopes} />],
    ["Came", application.added_by_admin ? "Added by an admin" : "Registered itself"],
    ["Here since", <Moment key="since" at={application.created_at} />],
    ["Last used", <Moment key="used" at={application.last_used_at} none="Never" />],
    ...(application.revoked_at
      ? [["Ended", <Moment key="ended" at={application.revoked_at} />] as const]
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
