import { Button, TextInput } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Contact, useChangeContact } from "../../contacts/contacts/queries.ts";
import { profileLink, searchLink } from "./profile-link.ts";
import classes from "./TaskView.module.css";

/** The contact has no LinkedIn profile: it is looked for, and its address is saved on the contact, without leaving the task. */
export function ProfileField({ contact }: { contact: Contact }) {
  const { value, keep, forget } = useKept(`linkedin-${contact.id}`, contact.linkedin_url ?? "");
  const [isRefused, setIsRefused] = useState(false);
  const save = useChangeContact();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { href } = profileLink(value);
    setIsRefused(href === null);
    if (href === null) return;
    const { id, etag, linkedin_url: before } = contact;
    save.mutate(
      { id, linkedin_url: href, ifMatch: etag },
      {
        onSuccess: ({ contact: now }) => {
          forget();
          toast(t("LinkedIn profile saved on the contact."), {
            undo: () => save.mutateAsync({ id, linkedin_url: before, ifMatch: now.etag }),
          });
        },
      },
    );
  };
  return (
    <form className={classes.profile} onSubmit={send}>
      <TextInput
        label={t("LinkedIn profile")}
        description={t("The contact has none yet. Paste the address of the profile.")}
        placeholder="linkedin.com/in/…"
        inputMode="url"
        maxLength={500}
        value={value}
        error={isRefused && t("Enter an address of linkedin.com.")}
        onChange={({ currentTarget }) => keep(() => currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" variant="default" disabled={value.trim() === ""} loading={save.isPending}>
          {t("Save profile")}
        </Button>
        <Button
          component="a"
          variant="subtle"
          href={searchLink(contact)}
          target="_blank"
          rel="noreferrer noopener"
          leftSection={<IconExternalLink size="0.875rem" aria-hidden />}
        >
          {t("Search on LinkedIn")}
        </Button>
      </div>
      <Trouble error={save.error} doing="writing" />
    </form>
  );
}
