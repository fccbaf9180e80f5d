import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api, useMe } from "../../../session.ts";
import { useMailboxes } from "../../mail/mailboxes/queries.ts";
import { sequenceQuery } from "../../sequences/sequences/queries.ts";
import classes from "./Brakes.module.css";
import { type Brake, type Simulation, TOLD } from "./queries.ts";

export function BrakesOn({ brakes }: { brakes: readonly Brake[] }) {
  const queries = useQueryClient();
  const lift = useMutation({
    mutationFn: (id: string) => api.brakes.lift({ id }),
    onSuccess: async () => {
      toast(t("Brake lifted. Earlier emails no longer count for it."));
      await Promise.all(TOLD.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  if (brakes.length === 0) return <p className="soft">{t("No brake is on.")}</p>;
  return (
    <>
      <ul className={classes.on} aria-label={t("Brakes that are on")}>
        {brakes.map((brake) => (
          <li key={brake.id}>
            <span>
              {brake.sentence} <span className="soft">{t("Since")}</span> <Moment at={brake.since} />
            </span>
            <Lift brake={brake} isBusy={lift.isPending} onLift={() => lift.mutate(brake.id)} />
          </li>
        ))}
      </ul>
      <Trouble error={lift.error} doing="writing" />
    </>
  );
}

/** Admins lift any brake, and owners those of their mailboxes and sequences. */
function Lift({ brake, isBusy, onLift }: { brake: Brake; isBusy: boolean; onLift: () => void }) {
  const { scope, subject_id: id } = brake;
  const { user } = useMe();
  const { data: mailboxes = [] } = useMailboxes();
  const isUnknown = user.role !== "admin" && scope === "sequence";
  const sequence = useQuery({ ...sequenceQuery(id), enabled: isUnknown }).data?.emailer_campaign;
  const owner = scope === "mailbox" ? mailboxes.find((one) => one.id === id)?.user_id : sequence?.user_id;
  if (user.role !== "admin" && owner !== user.id)
    return (
      <span className="soft small">
        {scope === "team" ? t("Only admins can lift it.") : t("Only its owner and admins can lift it.")}
      </span>
    );
  return (
    <Button variant="default" loading={isBusy} onClick={onLift}>
      {t("Lift the brake")}
    </Button>
  );
}

/** What these rules would have held in the last days, beside what the current ones would have. */
export function Simulated({ answer }: { answer: Simulation }) {
  const days = (list: Simulation["with_these_rules"]) => list.reduce((all, one) => all + one.days_on, 0);
  const now = answer.with_these_rules;
  return (
    <div className="stack" style={{ gap: 8 }} role="status">
      <p>
        {t(
          "In the last 90 days these rules would have set {brakes, plural, one {# brake} other {# brakes}} for {days, plural, one {# day} other {# days}} in all, the current rules {current, plural, one {# brake} other {# brakes}}.",
          { brakes: now.length, days: days(now), current: answer.with_current_rules.length },
        )}
      </p>
      <ul>
        {now.slice(0, 10).map(({ sentence, from, until, subject_id }) => (
          <li key={`${subject_id} ${from}`}>
            <Moment at={from} /> – <Moment at={until} />: {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
