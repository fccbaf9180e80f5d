import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type Invited, type TeamMember, useInvite } from "./queries.ts";
import { ROLE_CHOICES, ROLES } from "./words.tsx";

type Props = { onClose: () => void; onInvited: (invited: Invited) => void };

const EMPTY = { email: "", first_name: "", last_name: "", role: "member" as TeamMember["role"] };

export function InviteForm({ onClose, onInvited }: Props) {
  const form = useForm({ initialValues: EMPTY });
  const invite = useInvite();
  const send = ({ email, role, ...names }: typeof EMPTY) =>
    invite.mutate(
      { email, role, first_name: names.first_name.trim() || null, last_name: names.last_name.trim() || null },
      { onSuccess: onInvited },
    );
  return (
    <Dialog onClose={onClose} title={t("Invite a teammate")}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t("Email")}
          type="email"
          required
          withAsterisk={false}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("email")}
        />
        <div className="row" style={{ flexWrap: "nowrap" }}>
          <TextInput
            label={t("First name")}
            description={t("Optional")}
            {...form.getInputProps("first_name")}
          />
          <TextInput
            label={t("Last name")}
            description={t("Optional")}
            {...form.getInputProps("last_name")}
          />
        </div>
        <div>
          <Segmented fullWidth aria-label={t("Role")} data={ROLE_CHOICES} {...form.getInputProps("role")} />
          <p className="soft small" style={{ marginTop: 4 }}>
            {ROLES[form.values.role].may}
          </p>
        </div>
        <Trouble error={invite.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t("Create invitation link")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
