import { Menu } from "@mantine/core";
import { inSentence } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { currentTime, currentTimeMs } from "../../../parts/current-time.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { dayOf, relativeTo } from "../../../parts/when.ts";
import { useIsAdmin } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import classes from "./IncomingView.module.css";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { Suggestion } from "./Suggestion.tsx";
import {
  choicesFor,
  type OverruleOption,
  sayVerdict,
  sayWhere,
  telling,
  toneOf,
  wishBefore,
} from "./words.ts";

/** What a mail was taken for, and why. Where that is wrong, one click says what it is, and what follows from that. */
export function Verdict({ mail }: { mail: Incoming }) {
  const now = currentTime();
  const day = (at: string) => dayOf(at, now);
  const reasons = telling(mail.evidence);
  const [reason] = reasons;
  return (
    <section className={classes.verdict} aria-label={t("Type of email")}>
      <p className={classes.read}>
        <State kind={toneOf(mail)}>
          {mail.certainty !== "sure" && !mail.overruled ? t("Probably:") : t("Read as:")}{" "}
          <strong>{sayVerdict(mail, day)}</strong>
        </State>
        <NotRight mail={mail} />
      </p>
      {mail.overruled ? (
        <Overruled mail={mail} />
      ) : (
        mail.evidence.length > 0 && (
          <p className={classes.because}>
            {reason ? (
              <>
                {t("Because of {where}:", { where: sayWhere(reason.where) })}{" "}
                <q>{reason.quote || reason.rule}</q>
                {reasons.length > 1 && t(", and {reasons} more", { reasons: reasons.length - 1 })}
              </>
            ) : (
              t("Because it is a reply to an email sent from here.")
            )}
          </p>
        )
      )}
      <Suggestion mail={mail} />
      {mail.named_emails.length > 0 && (
        <p className={classes.because}>
          {t("Other addresses in this email: {named_emails}", { named_emails: mail.named_emails.join(", ") })}
        </p>
      )}
    </section>
  );
}

function Overruled({ mail: { overruled } }: { mail: Incoming }) {
  const { data: people = [] } = usePeople();
  if (!overruled) return null;
  const who = people.find(({ id }) => id === overruled.by_user_id)?.name ?? t("A teammate");
  return (
    <p className={classes.because}>
      {t("{who} changed this {at}. It was read as: {was}.", {
        who,
        at: relativeTo(overruled.at, currentTime()),
        was: overruled.was.replaceAll("_", " "),
      })}
    </p>
  );
}

function NotRight({ mail }: { mail: Incoming }) {
  const isAdmin = useIsAdmin();
  const { overrule } = useInboxChanges();
  const who = mail.contact?.name ?? mail.from_name ?? t("The contact");
  const tomorrow = new Date(currentTimeMs() + 86_400_000).toISOString().slice(0, 10);
  const say = ({ label, wish }: OverruleOption) => {
    const before = wishBefore(mail);
    overrule.mutate(
      { id: mail.id, ...wish },
      {
        onSuccess: ({ left_contact_campaign_status_ids: left }) => {
          const stays =
            Object.keys(left).length > 0
              ? t(" The contact was moved since then and stays at the current step.")
              : "";
          toast(t("Changed to: {label}.{stays}", { label: inSentence(label), stays }), {
            // An opt-out is taken back by an admin only.
            ...(before &&
              (isAdmin || wish.kind !== "unsubscribe") && {
                undo: () => overrule.mutateAsync({ id: mail.id, ...before }),
              }),
          });
        },
      },
    );
  };
  const isOurs = mail.emailer_message_id !== null || mail.contact_id !== null;
  const isBarred = !isAdmin && mail.kind === "unsubscribe" && !mail.question;
  const choices = isOurs && !isBarred ? choicesFor(mail, capital(who), tomorrow) : [];
  const unsubscribe = choices.find(({ wish }) => wish.kind === "unsubscribe");
  usePageKeys({ u: unsubscribe && (() => say(unsubscribe)) });
  if (!isOurs) return null;
  if (isBarred)
    return <span className="soft small">{t("If this is not right, ask an admin to change it.")}</span>;
  return (
    <>
      <Menu position="bottom-start" width={340}>
        <Menu.Target>
          <button type="button" className={classes.notRight} disabled={overrule.isPending}>
            {mail.question ? t("Choose the type") : t("Not right?")}
          </button>
        </Menu.Target>
        <Menu.Dropdown mah="26rem" style={{ overflow: "auto" }}>
          {choices.map((choice) => (
            <Menu.Item key={choice.key} onClick={() => say(choice)}>
              <span className={classes.choice}>
                <span>{choice.label}</span>
                <span className={classes.changes}>{choice.changes}</span>
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Trouble error={overrule.error} doing="writing" />
    </>
  );
}
