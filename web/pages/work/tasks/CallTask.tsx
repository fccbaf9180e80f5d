import { Button } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { dialProps } from "../../../parts/dial.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useContact } from "../../insight/story/queries.ts";
import { CallForm } from "../calls/CallForm.tsx";
import { type Hands, WORK } from "./hands.ts";
import { PHONES } from "./phones.ts";
import type { TaskShown } from "./queries.ts";
import { Script } from "./Script.tsx";
import classes from "./TaskView.module.css";

/** A call on one screen: the numbers, the script, and how it went. D dials the first number. */
export function CallTask({ task, onLeave, onBack }: { task: TaskShown } & Hands) {
  const { dial_link } = useMe().user;
  const contact = useContact(task.contact_id);
  const numbers = contact.data?.contact.phone_numbers ?? [];
  const [first] = numbers;
  const [dialed, setDialed] = useState<string | null>(null);
  const number = dialed ?? first?.sanitized_number ?? first?.raw_number ?? null;
  const logged = (takeBack: () => Promise<unknown>) => {
    toast(t("Call logged. Task done."), {
      undo: async () => {
        await takeBack();
        onBack();
      },
    });
    onLeave();
  };
  usePageKeys({ d: first && (() => document.querySelector<HTMLElement>("[data-dial]")?.click()) });
  return (
    <>
      {contact.data && (
        <div className={classes.numbers}>
          {numbers.length === 0 && <p className="soft">{t("No phone number.")}</p>}
          {numbers.map(({ raw_number, sanitized_number, type }, n) => {
            const shown = sanitized_number ?? raw_number;
            return (
              <Button
                key={raw_number}
                component="a"
                variant="default"
                {...dialProps(dial_link, shown)}
                {...(n === 0 && { "data-dial": true })}
                leftSection={<IconPhone size="0.875rem" />}
                onClick={() => setDialed(shown)}
              >
                {shown} <span className="soft">&nbsp;{PHONES[type]}</span>
                {n === 0 && (
                  <span className={classes.key} aria-hidden="true">
                    D
                  </span>
                )}
              </Button>
            );
          })}
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
