import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import classes from "./Placement.module.css";
import { PlacementBar } from "./PlacementBar.tsx";
import { PlacementDialog } from "./PlacementDialog.tsx";
import { PlacementResult } from "./PlacementResult.tsx";
import { type PlacementTest, usePlacementTests, useStartPlacement } from "./placement-queries.ts";
import { type Mailbox, useMailboxes } from "./queries.ts";

/** Where its emails arrive at the team's seed mailboxes: the newest test, and those before it. */
export function PlacementSection({ mailbox, maySend }: { mailbox: Mailbox; maySend: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const { data: tests, error, refetch } = usePlacementTests(mailbox.id);
  const { data: mailboxes = [] } = useMailboxes();
  const again = useStartPlacement();
  const seeds = mailboxes.filter(({ seed, active }) => seed && active);
  const [newest, ...earlier] = tests ?? [];
  const repeat = (test: PlacementTest) =>
    again.mutate({ like_id: test.id }, { onSuccess: () => toast(t("Placement test started.")) });
  return (
    <Section
      title={t("Placement")}
      note={t("In which folders its emails arrive, tested with mailboxes of your team at several providers.")}
    >
      <div className="stack" style={{ gap: 16 }}>
        <Trouble error={error} onRetry={() => void refetch()} />
        {newest && <PlacementResult test={newest} />}
        {seeds.length === 0 && (
          <p className="soft">
            {t(
              "No seed mailbox yet. Open a mailbox of yours at Gmail, Outlook or Yahoo, and turn on “Seed mailbox”.",
            )}
          </p>
        )}
        <Trouble error={again.error} doing="writing" />
        {maySend && seeds.length > 0 && (
          <div className="row">
            <Button variant="default" onClick={() => setIsAsking(true)}>
              {t("Test placement …")}
            </Button>
            {newest && (
              <Button variant="subtle" loading={again.isPending} onClick={() => repeat(newest)}>
                {t("Test again")}
              </Button>
            )}
          </div>
        )}
        {earlier.length > 0 && <History tests={earlier} />}
      </div>
      {isAsking && <PlacementDialog mailbox={mailbox} seeds={seeds} onClose={() => setIsAsking(false)} />}
    </Section>
  );
}

function History({ tests }: { tests: readonly PlacementTest[] }) {
  return (
    <div>
      <h3 className={classes.subtitle}>{t("Earlier tests")}</h3>
      <ul className={classes.history}>
        {tests.map((test) => (
          <li key={test.id} className={classes.past}>
            <span className={classes.when}>
              <Moment at={test.started_at} />
            </span>
            <span className={classes.subject}>{test.subject}</span>
            <PlacementBar counts={test.counts} isSmall />
            <span className={classes.share}>
              {test.inbox_percent === null
                ? "–"
                : t("{percent} % in the inbox", { percent: test.inbox_percent })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
