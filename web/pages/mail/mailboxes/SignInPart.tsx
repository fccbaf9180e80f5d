import { Anchor, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { useIsAdmin } from "../../../session.ts";
import type { SignInClient } from "../mailbox-sign-in/queries.ts";

type Props = { client: SignInClient; usesPassword: boolean; onChange: (usesPassword: boolean) => void };

/** Between signing in at the provider and a password: which of them, or how to get the other. */
export function WayToSignIn({ client, usesPassword, onChange }: Props) {
  const isAdmin = useIsAdmin();
  const { name, is_set } = client;
  if (!is_set)
    return (
      <p className="small">
        {isAdmin ? (
          <Trans
            text="No password needed: <link>set up sign-in with {name}</link> once for the whole team."
            values={{ name }}
            tags={{ link: <Link to="/settings/mailbox-sign-in" /> }}
          />
        ) : (
          t("An admin can set up sign-in with {name}. Then no password is needed.", { name })
        )}
      </p>
    );
  return (
    <div>
      <Anchor component="button" type="button" size="sm" onClick={() => onChange(!usesPassword)}>
        {usesPassword ? t("Sign in with {name} instead", { name }) : t("Use a password instead")}
      </Anchor>
    </div>
  );
}

export function SignInButton({ client, isBusy }: { client: SignInClient; isBusy: boolean }) {
  return (
    <Button type="submit" loading={isBusy}>
      {t("Sign in with {name}", { name: client.name })}
    </Button>
  );
}
