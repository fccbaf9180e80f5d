import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useChangePerson } from "../../settings/people/queries.ts";

const PLACE = "{number}";

/** What a click on a phone number opens. */
export function DialLinkForm() {
  const { user } = useMe();
  const save = useChangePerson();
  const form = useForm({ initialValues: { link: user.dial_link ?? "" } });
  const write = (dial_link: string | null) => save.mutateAsync({ id: user.id, dial_link });
  const show = (link: string) => {
    form.setInitialValues({ link });
    form.setValues({ link });
  };
  const send = ({ link }: { link: string }) => {
    const before = user.dial_link;
    void write(link.trim() || null)
      .then(() => {
        show(link.trim());
        toast(t("Dial link saved."), { undo: () => write(before).then(() => show(before ?? "")) });
      })
      .catch(() => {}); // told below
  };
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section title={t("Calls")}>
        <TextInput
          label={t("Link that dials a number")}
          description={t(
            "If empty, the phone app of your device. For a SIP program or a phone in the browser, write {place} where the number belongs.",
            { place: PLACE },
          )}
          placeholder={`sip:${PLACE}@pbx.example.com`}
          type="text"
          inputMode="url"
          maxLength={2000}
          {...form.getInputProps("link")}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("Save dial link")}
          </Button>
        </div>
      </Section>
    </form>
  );
}
