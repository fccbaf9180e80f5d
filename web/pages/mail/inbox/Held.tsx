import { Button } from "@mantine/core";
import { inSentence } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { dayOf } from "../../../parts/when.ts";
import classes from "./IncomingView.module.css";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { answersTo, type OverruleKey, sayHeld, whoWrote } from "./words.ts";

/** The contact is held because of this mail: one key says what it was. */
export function Held({ mail }: { mail: Incoming }) {
  return mail.hold ? <Question mail={mail} hold={mail.hold} /> : null;
}

function Question({ mail, hold }: { mail: Incoming; hold: NonNullable<Incoming["hold"]> }) {
  const { settle } = useInboxChanges();
  const day = (at: string) => dayOf(at, currentTime());
  const answers = answersTo(mail, day);
  const say = ({ label, says = label, wish }: OverruleKey) =>
    settle.mutate(
      { id: mail.id, ...wish },
      {
        onSuccess: () => toast(t("Marked as: {replace}.", { replace: inSentence(says) })),
      },
    );
  usePageKeys(Object.fromEntries(answers.map((answer) => [answer.key, () => say(answer)])));
  return (
    <section className={classes.held} aria-label={t("On hold until you decide")}>
      <p>{sayHeld(hold, capital(whoWrote(mail)), day)}</p>
      <div className={classes.verbs}>
        {answers.map((answer, n) => (
          <Button
            key={answer.key}
            variant={n === 0 ? "filled" : "default"}
            loading={settle.isPending}
            onClick={() => say(answer)}
          >
            {answer.label}
            <span className={classes.key} aria-hidden="true">
              {answer.key.toUpperCase()}
            </span>
          </Button>
        ))}
      </div>
      <Trouble error={settle.error} doing="writing" />
    </section>
  );
}
