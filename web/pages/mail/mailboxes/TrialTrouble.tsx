import { Refused } from "@cadenza/sdk";
import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { hintFor } from "./trial-words.ts";

type Props = { error: unknown; onSaveAnyway?: () => void; isBusy?: boolean };

/** A try that failed: what the server said in its own words, what usually helps, and the way around. */
export function TrialTrouble({ error, onSaveAnyway, isBusy = false }: Props) {
  const hint = error instanceof Refused ? hintFor(error.code) : null;
  if (!error || !hint) return <Trouble error={error} doing="writing" />;
  const said = saidBy(error as Refused);
  return (
    <div className="stack" style={{ gap: 8 }}>
      <Trouble error={error} doing="writing" />
      {said && (
        <p className="small">
          {t("The server said:")} <q>{said}</q>
        </p>
      )}
      <p className="small">{hint}</p>
      {onSaveAnyway && (
        <div>
          <Button variant="subtle" onClick={onSaveAnyway} loading={isBusy}>
            {t("Save without testing")}
          </Button>
        </div>
      )}
    </div>
  );
}

function saidBy({ body }: Refused) {
  const details = (body as { details?: { server_said?: unknown } } | null)?.details;
  return typeof details?.server_said === "string" ? details.server_said : null;
}
