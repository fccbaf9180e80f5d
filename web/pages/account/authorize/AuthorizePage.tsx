import { Refused } from "@cadenza/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Door } from "../../../parts/Door.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, signOut, useMe } from "../../../session.ts";
import classes from "./AuthorizePage.module.css";
import { type AuthorizationParams, readAsked } from "./request.ts";

type Authorization = Awaited<ReturnType<typeof api.oauth.check>>["authorization"];

/** An application asks to act for the signed-in user. */
export function AuthorizePage() {
  const [address] = useAddress();
  const [asked] = useState(() => readAsked(address.asked));
  return asked ? <Considered asked={asked} /> : <Unreadable />;
}

function Considered({ asked }: { asked: AuthorizationParams }) {
  const check = useQuery({
    queryKey: ["authorization", asked],
    queryFn: () => api.oauth.check(asked),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (check.error instanceof Refused && check.error.status < 429)
    return <Refusal title={t("Access cannot be granted")} says={check.error.message} />;
  if (check.error)
    return (
      <Door title={t("Access request")}>
        <Trouble error={check.error} onRetry={() => void check.refetch()} />
      </Door>
    );
  if (!check.data) return <Door title={t("Access request")} says={t("Checking the request …")} />;
  const { authorization } = check.data;
  return authorization.refusal ? (
    <AskedWrongly authorization={authorization} />
  ) : (
    <Question asked={asked} authorization={authorization} />
  );
}

function Question({ asked, authorization }: { asked: AuthorizationParams; authorization: Authorization }) {
  const { application, leads_to, scopes } = authorization;
  const decide = useMutation({
    mutationFn: (decision: "allow" | "deny") => api.oauth.decide({ ...asked, decision }),
    onSuccess: ({ redirect_to }) => location.assign(redirect_to),
  });
  if (decide.isSuccess) return <Decided name={application.name} isAllowed={decide.variables === "allow"} />;
  return (
    <Door
      title={t("Allow {name} to act for you?", { name: application.name })}
      says={
        application.added_by_admin
          ? t("An admin of your team added this application.")
          : t("This application registered itself and chose its name. Continue only if you just started it.")
      }
    >
      <Scopes scopes={scopes} />
      <dl className={classes.facts}>
        <dt>{t("Redirects to")}</dt>
        <dd>
          <strong>{leads_to}</strong>
        </dd>
        <dt>{t("Acts as")}</dt>
        <dd>
          <Self />
        </dd>
      </dl>
      <Trouble error={decide.error} doing="writing" />
      <div className="row">
        <Button
          variant="default"
          flex={1}
          onClick={() => decide.mutate("deny")}
          loading={decide.isPending && decide.variables === "deny"}
        >
          {t("Deny")}
        </Button>
        <Button
          flex={1}
          onClick={() => decide.mutate("allow")}
          loading={decide.isPending && decide.variables === "allow"}
        >
          {t("Allow")}
        </Button>
      </div>
      <p className="soft small">{t("You can remove access at any time in Settings, Connected apps.")}</p>
    </Door>
  );
}

function Scopes({ scopes }: Pick<Authorization, "scopes">) {
  const changing = scopes.filter(({ changes }) => changes);
  const reading = scopes.filter(({ changes }) => !changes);
  return (
    <div className={classes.scopes}>
      <ScopeList title={t("It can make changes")} scopes={changing} />
      <ScopeList title={t("It can read")} scopes={reading} />
    </div>
  );
}

function ScopeList({ title, scopes }: Pick<Authorization, "scopes"> & { title: string }) {
  if (scopes.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={classes.subtitle}>{title}</h2>
      <ul className={classes.list}>
        {scopes.map(({ name, says }) => (
          <li key={name}>{says}</li>
        ))}
      </ul>
    </section>
  );
}

function Self() {
  const { user, team } = useMe();
  return (
    <>
      {t("{name}, {email}, of {name2}.", { name: user.name, email: user.email, name2: team.name })}{" "}
      <button
        type="button"
        className={classes.link}
        onClick={() => void signOut(location.pathname + location.search)}
      >
        {t("Not you?")}
      </button>
    </>
  );
}

/** Seen only where the answer goes to a program: an address of the web has taken this page's place by now. */
function Decided({ name, isAllowed }: { name: string; isAllowed: boolean }) {
  return (
    <Door
      title={isAllowed ? t("{name} can act for you", { name }) : t("Access denied for {name}", { name })}
      says={t("Go back to the application. You can close this page.")}
    >
      <p>
        <Link to="/settings/apps">{t("View connected apps")}</Link>
      </p>
    </Door>
  );
}

/** Nothing leads away from here by itself, or anybody could have us lead to wherever they like. */
function AskedWrongly({
  authorization: { application, leads_to, refusal },
}: {
  authorization: Authorization;
}) {
  if (!refusal) return null;
  return (
    <Door
      title={t("Access cannot be granted")}
      says={t("{name} cannot get access: {says}.", { name: application.name, says: refusal.says })}
    >
      <p>{t("No access was granted. The developer of the application must fix the request.")}</p>
      <div>
        <Button variant="default" onClick={() => location.assign(refusal.redirect_to)}>
          {t("Go back to {leads_to}", { leads_to })}
        </Button>
      </div>
    </Door>
  );
}

function Unreadable() {
  return (
    <Refusal
      title={t("Incomplete request")}
      says={t("The address must contain the client ID and the redirect URL exactly once.")}
    />
  );
}

function Refusal({ title, says }: { title: string; says: string }) {
  return (
    <Door title={title} says={says}>
      <p>{t("No access was granted. Go back to the application and connect again.")}</p>
      <p>
        <Link to="/">{t("Go to Home")}</Link>
      </p>
    </Door>
  );
}
