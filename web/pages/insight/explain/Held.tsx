import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Told } from "../../../parts/Told.tsx";
import { useIsAdmin } from "../../../session.ts";
import { byHand } from "./by-hand.ts";
import { FillingTouches } from "./FillingTouches.tsx";
import { FixButton } from "./FixButton.tsx";
import type { Hold, Why } from "./queries.ts";
import classes from "./WhyPanel.module.css";

/** Nothing waits any more: it is over until a user begins again. */
const ENDED: ReadonlySet<string> = new Set([
  "enrollment_finished",
  "enrollment_failed",
  "enrollment_removed",
]);

/** What holds it, in the order in which it is asked before a mail goes out; each with what would mend it. */
export function Held({ why }: { why: Why }) {
  if (why.held_by.length === 0) return null;
  return (
    <section aria-labelledby="why-held">
      <h3 id="why-held" className={classes.heading}>
        {headingOf(why)}
      </h3>
      <ul className={classes.holds}>
        {why.held_by.map((hold, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same code may stand there twice, in an order that means something
          <li key={`${hold.code} ${place}`} className={classes.hold}>
            <p>
              <Told>{hold.rule}</Told>
            </p>
            <p className={classes.print}>
              <Since hold={hold} />
              <code>{hold.code}</code>
            </p>
            {hold.code === "limit:touches" && <FillingTouches evidence={hold.evidence} />}
            {hold.fix ? <FixButton hold={hold} fix={hold.fix} /> : <NoFix hold={hold} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function headingOf({ subject, held_by: holds, next }: Why) {
  const hasEnded = holds.some(({ code }) => ENDED.has(code));
  if (subject.type === "emailer_campaign" && hasEnded) return t("Why contacts have stopped");
  if (hasEnded) return t("Why it has stopped");
  if (next?.what === "not_sent") return t("Why it will not be sent");
  return t("{held_by, plural, one {Why it is on hold} other {# reasons why it is on hold}}", {
    held_by: holds.length,
  });
}

/** What of it the engine has set aside because it failed. */
export function SetAside({ why }: { why: Why }) {
  if (why.set_aside.length === 0) return null;
  return (
    <section aria-labelledby="why-aside">
      <h3 id="why-aside" className={classes.heading}>
        {t("Errors")}
      </h3>
      <ul className={classes.holds}>
        {why.set_aside.map(({ code, sentence, since, tried_again_at }) => (
          <li key={`${code} ${since}`} className={classes.hold}>
            <p>{sentence}</p>
            <p className={classes.print}>
              <span>
                {t("since")} <Moment at={since} />
              </span>
              <span>
                {t("next try")} <Moment at={tried_again_at} />
              </span>
              <code>{code}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Since({ hold: { since, until } }: { hold: Hold }) {
  return (
    <>
      {since && (
        <span>
          {t("since")} <Moment at={since} />
        </span>
      )}
      {until && (
        <span>
          {t("ends by itself")} <Moment at={until} />
        </span>
      )}
    </>
  );
}

/** Only a person knows what to say then, or may; or only time helps. */
function NoFix({ hold }: { hold: Hold }) {
  const isAdmin = useIsAdmin();
  const told = byHand(hold);
  if (!told) return hold.until ? <p className="soft small">{t("You do not need to do anything.")}</p> : null;
  return (
    <p className="soft small">
      {told.says} {told.href && (isAdmin || !told.adminOnly) && <Link to={told.href}>{told.link}</Link>}
    </p>
  );
}
