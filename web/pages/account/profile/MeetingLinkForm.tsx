import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useChangePerson } from "../../settings/people/queries.ts";

/** What the server fills in. */
const PLACES = ["{name}", "{first_name}", "{last_name}", "{email}"];

/** Where contacts book a meeting: emails name it as a variable. */
export function MeetingLinkForm() {
  const { user } = useMe();
  const save = useChangePerson();
  const form = useForm({ initialValues: { url: user.meeting_url ?? "" } });
  const write = (meeting_url: string | null) => save.mutateAsync({ id: user.id, meeting_url });
  const show = (url: string) => {
    form.setInitialValues({ url });
    form.setValues({ url });
  };
  const send = ({ url }: { url: string }) => {
    const before = user.meeting_url;
    void write(url.trim() || null)
      .then(() => {
        show(url.trim());
        toast(t("Meeting link saved."), { undo: () => write(before).then(() => show(before ?? "")) });
      })
      .catch(() => {}); // told below
  };
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section
        title={t("Meeting link")}
        note={t("Insert it into emails as the variable {name}.", { name: "{{sender_meeting_alias}}" })}
      >
        <TextInput
          label={t("Page where contacts book a meeting")}
          description={t(
            "Cal.com, Calendly or any other page. The contact's name and address are filled in. Other pages: write {places} where they belong.",
            { places: PLACES.join(", ") },
          )}
          placeholder="https://cal.com/you/30min"
          type="text"
          inputMode="url"
          maxLength={2000}
          {...form.getInputProps("url")}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("Save meeting link")}
          </Button>
        </div>
      </Section>
    </form>
  );
}
