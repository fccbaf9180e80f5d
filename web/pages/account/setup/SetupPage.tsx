import { Refused } from "@cadenza/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { takeHash } from "../../../parts/address.ts";
import { Door } from "../../../parts/Door.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api } from "../../../session.ts";
import { OwnerForm } from "./OwnerForm.tsx";

/** The first minute of an installation: the holder of the link becomes its owner, once. */
export function SetupPage() {
  const [token] = useState(takeHash);
  const check = useQuery({
    queryKey: ["setup", token],
    queryFn: () => api.setup.check({ token }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === "") return <NoToken />;
  if (check.error instanceof Refused && check.error.status < 500) return <NotOpen />;
  if (check.error)
    return (
      <Door title={t("Set up Cadenza")}>
        <Trouble error={check.error} onRetry={() => void check.refetch()} />
      </Door>
    );
  if (!check.data) return <Door title={t("Set up Cadenza")} says={t("Checking your link …")} />;
  return (
    <Door
      title={t("Set up Cadenza")}
      says={t("Create the first account. You will be the owner and the first admin.")}
    >
      <OwnerForm token={token} />
    </Door>
  );
}

/** Also after a reload, because the token leaves the address as soon as it is read. */
function NoToken() {
  return (
    <Door
      title={t("Open the setup link again")}
      says={t(
        "Find the setup link in the server log. Open the complete link, including the part after the #.",
      )}
    >
      <p>
        <Trans
          text="If your team is already set up, <link>sign in</link>."
          tags={{ link: <Link to="/sign-in" /> }}
        />
      </p>
    </Door>
  );
}

function NotOpen() {
  return (
    <Door
      title={t("This setup link is no longer valid")}
      says={t("It was already used, or there is a newer link.")}
    >
      <div className="stack">
        <p>
          <Trans
            text="If your team is set up, <link>sign in</link> or ask an admin to invite you."
            tags={{ link: <Link to="/sign-in" /> }}
          />
        </p>
        <p>{t("If there is no account yet, restart Cadenza. It prints a new link in the server log.")}</p>
      </div>
    </Door>
  );
}
