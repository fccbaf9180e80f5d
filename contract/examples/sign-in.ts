import type { Example } from "../endpoint.ts";

const google = {
  provider: "google",
  name: "Google",
  is_set: true,
  client_id: "1234567890-abc.apps.googleusercontent.com",
  tenant: null,
  redirect_uri: "https://cadenza.norrland.example.se/settings/mailboxes/signed-in",
  is_redirect_usable: true,
  scopes: [
    {
      scope: "https://mail.google.com/",
      reason: "Sends emails by SMTP and reads replies by IMAP. Google has no narrower permission for these.",
    },
    { scope: "openid", reason: "Tells Cadenza who signed in." },
    { scope: "email", reason: "Tells Cadenza the email address, so nobody has to type it." },
  ],
  api_scopes: [
    {
      scope: "https://www.googleapis.com/auth/gmail.readonly",
      reason: "Reads replies by the Gmail API.",
    },
  ],
  email_accounts: 3,
  updated_at: "2026-02-02T08:00:00.000Z",
};

export const signIn: Record<string, readonly Example[]> = {
  "signInClients.save": [
    {
      title: "The team's client at Google",
      isShownElsewhere: true,
      input: { provider: "google", client_id: google.client_id, client_secret: "GOCSPX-example" },
      answer: { sign_in_client: { ...google, email_accounts: 0 }, unchecked: null },
    },
  ],
  "emailAccounts.startSignIn": [
    {
      title: "Connect a mailbox of Google",
      input: { provider: "google", visibility: "everyone", email_daily_threshold: 50 },
      answer: {
        sign_in: {
          authorization_url:
            "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=1234567890-abc.apps.googleusercontent.com&…",
          expires_at: "2026-02-03T08:15:00.000Z",
        },
      },
    },
  ],
};
