import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api, useMe } from "../../../session.ts";
import { useChangePerson } from "../../settings/people/queries.ts";

/** A user without a meeting page is asked for it once; then the text goes on. */
export function useMeetingLink(contactId: string, onLink: (html: string) => void) {
  const [asksPage, setAsksPage] = useState(false);
  const ask = useMutation({
    mutationFn: async () => (await api.contacts.meetingLink({ id: contactId })).meeting_link.url,
    onSuccess: (url) => (url ? onLink(asHtml(url)) : setAsksPage(true)),
    onError: (error) => toast(accountFor(error, "reading").happened),
  });
  const insert = () => ask.mutate();
  const dialog = asksPage && (
    <MeetingPageDialog
      onClose={() => setAsksPage(false)}
      onSaved={() => {
        setAsksPage(false);
        insert();
      }}
    />
  );
  return { insert, isBusy: ask.isPending, dialog };
}

function asHtml(url: string) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = t("Choose a time for a meeting");
  return `<p>${link.outerHTML}</p>`;
}

type DialogProps = { onClose: () => void; onSaved: () => void };

function MeetingPageDialog({ onClose, onSaved }: DialogProps) {
  const { user } = useMe();
  const save = useChangePerson();
  const [page, setPage] = useState("");
  return (
    <Dialog title={t("Your meeting page")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation(); // a dialog's form is inside the email's form in React's tree
          if (page.trim()) save.mutate({ id: user.id, meeting_url: page.trim() }, { onSuccess: onSaved });
        }}
      >
        <TextInput
          label={t("Page where contacts book a meeting")}
          description={t("Cal.com, Calendly or any other page. You can change it in your profile.")}
          placeholder="https://cal.com/you/30min"
          inputMode="url"
          maxLength={2000}
          data-autofocus
          value={page}
          onChange={(event) => setPage(event.currentTarget.value)}
        />
        <Trouble error={save.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!page.trim()}>
            {t("Save and insert link")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
