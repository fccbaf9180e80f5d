// What a task takes: the number and the script of a call, the words for LinkedIn, the mail to send.

import { Button } from "@mantine/core";
import { IconExternalLink, IconPhone } from "@tabler/icons-react";
import { perLanguage } from "../../../language/per-language.ts";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { CopyButton } from "../../../parts/CopyText.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useContact } from "../../insight/story/queries.ts";
import { CallForm } from "../calls/CallForm.tsx";
import { type Hands, WORK } from "./hands.ts";
import { profileLink } from "./profile-link.ts";
import type { TaskShown } from "./queries.ts";
import { TaskMail } from "./TaskMail.tsx";
import classes from "./TaskView.module.css";
import { isLinkedIn } from "./words.tsx";

export function TaskWork({ task, ...hands }: { task: TaskShown } & Hands) {
  if (task.status !== "scheduled")
    return task.call_script ? <Script title={t("Script")} text={task.call_script} /> : null;
  if (task.type === "outreach_manual_email") return <TaskMail task={task} {...hands} />;
  if (task.type === "call") return <Call task={task} {...hands} />;
  if (isLinkedIn(task.type)) return <LinkedIn task={task} />;
  return task.call_script ? <Script title={t("Script")} text={task.call_script} /> : null;
}

function Call({ task, onLeave }: { task: TaskShown } & Hands) {
  const contact = useContact(task.contact_id);
  const numbers = contact.data?.contact.phone_numbers ?? [];
  const number = numbers[0]?.sanitized_number ?? numbers[0]?.raw_number ?? null;
  const logged = () => {
    toast(t("Call logged. Task done."));
    onLeave();
  };
  return (
    <>
      {contact.data && (
        <div className={classes.numbers}>
          {numbers.length === 0 && <p className="soft">{t("No phone number.")}</p>}
          {numbers.map(({ raw_number, sanitized_number, type }) => (
            <Button
              key={raw_number}
              component="a"
              variant="default"
              href={`tel:${sanitized_number ?? raw_number}`}
              leftSection={<IconPhone size="0.875rem" />}
            >
              {sanitized_number ?? raw_number} <span className="soft">&nbsp;{PHONES[type]}</span>
            </Button>
          ))}
        </div>
      )}
      {task.call_script && <Script title={t("Script")} text={task.call_script} />}
      <CallForm
        formId={WORK}
        contactId={task.contact_id}
        taskId={task.id}
        number={number}
        verb={<Trans text="Log call <span>Enter</span>" tags={{ span: <span className={classes.key} /> }} />}
        onLogged={logged}
      />
    </>
  );
}

const PHONES = perLanguage(() => ({
  work_direct: t("direct"),
  work_hq: t("headquarters"),
  mobile: t("mobile"),
  home: t("home"),
  other: "",
}));

function LinkedIn({ task }: { task: TaskShown }) {
  const contact = useContact(task.contact_id);
  const given = contact.data?.contact.linkedin_url;
  const profile = given ? profileLink(given) : null;
  return (
    <>
      <div className={classes.numbers}>
        {profile?.href && (
          <>
            <Button
              component="a"
              variant="default"
              href={profile.href}
              target="_blank"
              rel="noreferrer noopener"
              leftSection={<IconExternalLink size="0.875rem" />}
            >
              {t("Open profile")}
            </Button>
            <span className="soft small">{profile.shown}</span>
          </>
        )}
        {profile && !profile.href && (
          <p className="soft">{t("Not a LinkedIn URL: {shown}", { shown: profile.shown })}</p>
        )}
        {!profile && contact.data && (
          <p className="soft">{t("No LinkedIn profile. Add one to the contact.")}</p>
        )}
      </div>
      {task.call_script && <Script title={t("Message text")} text={task.call_script} />}
    </>
  );
}

function Script({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <div className={classes.scriptHead}>
        <h3 style={{ font: "inherit" }}>{title}</h3>
        <CopyButton text={text} label={t("Copy the text")} />
      </div>
      <div className={classes.script}>{text}</div>
    </section>
  );
}
