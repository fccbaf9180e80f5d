import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { LinesSkeleton } from "../../../parts/LinesSkeleton.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { MoveSection } from "./MoveSection.tsx";
import { isRunning, movesQuery } from "./queries.ts";
import { StartForm } from "./StartForm.tsx";

/** A team moves in: from Apollo, or from another server that speaks its API. */
export function MovePage() {
  return (
    <AdminsOnly
      title={t("Move from Apollo")}
      what={t("Contacts, companies, sequences and deals can be copied from Apollo.")}
    >
      <TheMoves />
    </AdminsOnly>
  );
}

function TheMoves() {
  const { data, error, refetch } = useQuery(movesQuery);
  const moves = data?.team_moves ?? [];
  return (
    <Page title={t("Move from Apollo")} state={t("Apollo is only read, and no email is sent.")}>
      <div className="stack" style={{ gap: 24 }}>
        <Trouble error={error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={3} />}
        {moves.map((move) => (
          <MoveSection key={move.id} move={move} />
        ))}
        {data && !moves.some(isRunning) && (
          <Section
            title={moves.length > 0 ? t("Another source, or another key") : t("Before you begin")}
            note={t(
              "Invite your colleagues and connect the mailboxes first, with the addresses they have in Apollo. Deactivate the sequences in Apollo, so that nobody gets an email twice. Here all sequences come deactivated.",
            )}
          >
            <StartForm />
          </Section>
        )}
      </div>
    </Page>
  );
}
