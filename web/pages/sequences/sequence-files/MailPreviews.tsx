import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { api } from "../../../session.ts";
import classes from "./Files.module.css";
import type { MailPreview } from "./queries.ts";

type Props = {
  previews: readonly MailPreview[] | undefined;
  contactId: string | null;
  onContact: (id: string | null) => void;
};

/** The emails of the files as one contact would get them. */
export function MailPreviews({ previews, contactId, onContact }: Props) {
  return (
    <div className="stack">
      <ContactChoice value={contactId} onChange={onContact} />
      {contactId !== null && previews?.map((mail) => <Mail key={titleOf(mail)} mail={mail} />)}
    </div>
  );
}

function ContactChoice({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const [asked] = useDebouncedValue(words === chosen?.label ? "" : words, 200);
  const found = useQuery({
    queryKey: ["contacts", "sample", asked],
    queryFn: ({ signal }) => api.contacts.search({ q_keywords: asked, per_page: 10 }, { signal }),
    placeholderData: keepPreviousData,
  });
  const people = (found.data?.contacts ?? []).map(({ id, name, email }) => ({
    value: id,
    label: [name, email].filter(Boolean).join(" · ") || t("Unnamed contact"),
  }));
  const data = chosen && !people.some((one) => one.value === chosen.value) ? [chosen, ...people] : people;
  return (
    <Select
      label={t("Preview for")}
      placeholder={t("Choose a contact")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("Clear") }}
      className={classes.narrow}
      value={value}
      data={data}
      filter={({ options }) => options}
      nothingFoundMessage={t("No contact found.")}
      onSearchChange={setWords}
      onChange={(id) => {
        setChosen(data.find((one) => one.value === id) ?? null);
        onChange(id);
      }}
    />
  );
}

function Mail({ mail }: { mail: MailPreview }) {
  return (
    <article className={classes.mail} aria-label={titleOf(mail)}>
      <p className="soft small">{titleOf(mail)}</p>
      <div className={classes.paper}>
        <p className={classes.subject}>{mail.subject || t("(no subject)")}</p>
        <MailText html={mail.body_html} text={mail.body_text} label={t("Email preview")} />
      </div>
    </article>
  );
}

function titleOf({ key, step, variant }: MailPreview) {
  return `${key}: ${t("Step {step}, variant {variant}", { step, variant })}`;
}
