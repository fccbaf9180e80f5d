// What a task takes: the number and the script of a call, the words for LinkedIn or a text message, the mail to send.

import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { UseQueryOptions } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { contactQuery, useContact } from "../../insight/story/queries.ts";
import { mailQuery } from "../../mail/mails/queries.ts";
import { outcomesQuery, purposesQuery } from "../calls/queries.ts";
import { CallTask } from "./CallTask.tsx";
import type { Hands } from "./hands.ts";
import { ProfileField } from "./ProfileField.tsx";
import { profileLink } from "./profile-link.ts";
import { dailyLimitsQuery, type TaskShown, useDailyLimit } from "./queries.ts";
import { Script } from "./Script.tsx";
import { TaskMail } from "./TaskMail.tsx";
import classes from "./TaskView.module.css";
import { TextMessage } from "./TextMessage.tsx";
import { isLinkedIn } from "./words.tsx";

/** What the work of a task asks for: it is drawn once this is answered, so that nothing in it moves. */
export function asksOf(task: TaskShown): Pick<UseQueryOptions, "queryKey">[] {
  if (task.status !== "scheduled") return [];
  const contact = task.contact_id ? [contactQuery(task.contact_id)] : [];
  if (task.type === "outreach_manual_email")
    return task.emailer_message ? [mailQuery(task.emailer_message.id)] : [];
  if (task.type === "call") return [...contact, outcomesQuery, purposesQuery];
  if (task.type === "sms" || task.type === "whatsapp") return contact;
  return isLinkedIn(task.type) ? [...contact, dailyLimitsQuery(task.user_id)] : [];
}

export function TaskWork({ task, ...hands }: { task: TaskShown } & Hands) {
  if (task.status !== "scheduled")
    return task.call_script ? <Script title={t("Script")} text={task.call_script} /> : null;
  if (task.type === "outreach_manual_email") return <TaskMail task={task} {...hands} />;
  if (task.type === "call") return <CallTask task={task} {...hands} />;
  if (task.type === "sms" || task.type === "whatsapp") return <TextMessage task={task} />;
  if (isLinkedIn(task.type)) return <LinkedIn task={task} />;
  return task.call_script ? <Script title={t("Script")} text={task.call_script} /> : null;
}

function LinkedIn({ task }: { task: TaskShown }) {
  const contact = useContact(task.contact_id);
  const given = contact.data?.contact.linkedin_url;
  const profile = given ? profileLink(given) : null;
  const text = task.call_script;
  const copy = () => {
    if (!text) return;
    void navigator.clipboard
      .writeText(text)
      .then(() => toast(t("Text copied. Paste it on LinkedIn.")))
      .catch(() => {}); // the text is below, with a button of its own
  };
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
              onClick={copy}
            >
              {text ? t("Copy text and open profile") : t("Open profile")}
            </Button>
            <span className="soft small">{profile.shown}</span>
          </>
        )}
        {profile && !profile.href && (
          <p className="soft">{t("Not a LinkedIn URL: {shown}", { shown: profile.shown })}</p>
        )}
      </div>
      {!profile?.href && contact.data && <ProfileField contact={contact.data.contact} />}
      <Today task={task} />
      {text && <Script title={t("Message text")} text={text} />}
    </>
  );
}

/** LinkedIn restricts accounts that do more in a day. */
function Today({ task }: { task: TaskShown }) {
  const { data: day } = useDailyLimit(task);
  if (!day) return null;
  return (
    <p className="soft small">
      {t("Done today: {done} of at most {limit} a day.", { done: day.done, limit: day.limit })}
    </p>
  );
}
