// A text message or a WhatsApp message: its text, and what opens the program that sends it.

import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useContact } from "../../insight/story/queries.ts";
import { messageLink, numbersForMessages } from "./message-link.ts";
import { PHONES } from "./phones.ts";
import type { TaskShown } from "./queries.ts";
import { Script } from "./Script.tsx";
import classes from "./TaskView.module.css";
import { KINDS } from "./words.tsx";

export function TextMessage({ task }: { task: TaskShown }) {
  const contact = useContact(task.contact_id);
  const numbers = numbersForMessages(contact.data?.contact.phone_numbers ?? []);
  const Icon = KINDS[task.type].icon;
  return (
    <>
      {contact.data && (
        <div className={classes.numbers}>
          {numbers.length === 0 && <p className="soft">{t("No phone number. Add one to the contact.")}</p>}
          {numbers.map((phone) => {
            const shown = phone.sanitized_number ?? phone.raw_number;
            const href = messageLink(task.type, phone, task.call_script ?? "");
            if (!href)
              return (
                <p className="soft" key={phone.raw_number}>
                  {t("{shown}: WhatsApp needs the country code, such as +49.", { shown })}
                </p>
              );
            return (
              <Button
                key={phone.raw_number}
                component="a"
                variant="default"
                href={href}
                {...(task.type === "whatsapp" && { target: "_blank", rel: "noreferrer noopener" })}
                leftSection={<Icon size="0.875rem" />}
              >
                {shown} <span className="soft">&nbsp;{PHONES[phone.type]}</span>
              </Button>
            );
          })}
        </div>
      )}
      {task.call_script && <Script title={t("Message text")} text={task.call_script} />}
    </>
  );
}
