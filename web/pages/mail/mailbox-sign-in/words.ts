// What an admin does at a provider, in the order in which it is done there, and why people are asked for each permission.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { SignInProvider } from "./queries.ts";

const STEPS: Record<SignInProvider, readonly string[]> = perLanguage(() => ({
  google: [
    t("In the Google Cloud console, create a project and turn on the Gmail API."),
    t("Under Google Auth Platform, choose Internal as the audience and add the permissions below."),
    t("Create a client of the type Web application, with the redirect address below."),
    t("Copy the client ID and the client secret into this form."),
  ],
  microsoft: [
    t(
      "In the Microsoft Entra admin center, register an application with the redirect address below, of the type Web.",
    ),
    t(
      "Under API permissions, choose Microsoft Graph, Delegated permissions, add those below, and grant admin consent.",
    ),
    t("Under Certificates & secrets, create a client secret. It expires: note the date."),
    t(
      "For mailboxes that are not connected by Microsoft Graph, allow IMAP and authenticated SMTP in the Exchange admin center.",
    ),
    t("Copy the Application (client) ID, the Directory (tenant) ID and the secret's value into this form."),
  ],
}));

export function stepsAt(provider: SignInProvider) {
  return STEPS[provider];
}

const REASONS: Record<string, string> = perLanguage(() => ({
  "https://mail.google.com/": t(
    "Sends emails by SMTP and reads replies by IMAP. Google has no narrower permission for these.",
  ),
  "https://outlook.office.com/SMTP.Send": t("Sends emails by SMTP."),
  "https://outlook.office.com/IMAP.AccessAsUser.All": t("Reads replies by IMAP."),
  "gmail.compose": t("Sends emails by the Gmail API, and keeps the draft of each email until it is sent."),
  "gmail.readonly": t("Reads replies by the Gmail API."),
  "Mail.Send": t("Sends emails by Microsoft Graph."),
  "Mail.ReadWrite": t(
    "Reads replies by Microsoft Graph, and keeps the draft of each email until it is sent.",
  ),
  "User.Read": t("Lets Microsoft complete the sign-in."),
  offline_access: t("Keeps the mailbox connected without a sign-in every hour."),
  openid: t("Tells Cadenza who signed in."),
  email: t("Tells Cadenza the email address, so nobody has to type it."),
  profile: t("Tells Cadenza the user name for the mail server."),
}));

export function reasonOf(scope: string) {
  return REASONS[scope] ?? REASONS[shortName(scope)] ?? "";
}

/** `https://graph.microsoft.com/Mail.Send` as `Mail.Send`, which is what people search for there. */
export function shortName(scope: string) {
  return scope.split("/").at(-1) || scope;
}
