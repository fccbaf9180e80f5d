// Mailboxes and their servers.

import type { RefusalEntry } from "./entry.ts";

export const mailboxes = {
  mailbox_exists: { status: 422, says: "{email} is already connected to this team." },
  mailboxes_inactive: { status: 422, says: "These mailboxes are no longer active. {address}" },
  send_from_unknown: { status: 422, says: "This mailbox cannot send from {address}." },
  send_from_domain_refused: {
    status: 422,
    says: "This sequence sends from {domains} only, not from {address}.",
    fix: "Choose another mailbox or alias, or change allowed_send_from_domains of the sequence.",
  },
  mailbox_of_another: {
    status: 403,
    forbids: true,
    says: "Only the owner of the mailbox, or an admin, can do this.",
  },
  dkim_key_unusable: {
    status: 422,
    says: "This key cannot be used. Send an RSA key of 1024 to 4096 bits or an Ed25519 key, as PEM without a passphrase.",
  },
  dkim_key_not_set: { status: 422, says: "The domain of this mailbox has no signing key." },
  mailbox_password_needed: {
    status: 422,
    says: "You changed the {side} server, so send its password or token again.",
  },
  brake_levels_misordered: {
    status: 422,
    says: "The rule for {cause} would pause at a lower percentage than it holds first emails.",
    fix: "Set pause_at_percent to at least first_steps_at_percent, or to null.",
  },
  mailbox_not_read: {
    status: 422,
    says: "Cadenza does not read this mailbox, so it cannot look into its Sent folder.",
    fix: "Set an IMAP server for it, or leave count_sent_elsewhere off.",
  },
  seed_not_read: {
    status: 422,
    says: "Cadenza does not read this mailbox, so it cannot be a seed mailbox.",
    fix: "Set an IMAP server for it.",
  },
  seed_sends: {
    status: 422,
    says: "{address} sends emails of sequences, so it cannot be a seed mailbox.",
    fix: "Move its contacts to another mailbox first.",
  },
  placement_without_seeds: {
    status: 422,
    says: "There is no seed mailbox to send the test to.",
    fix: "Mark mailboxes of yours at Gmail, Outlook and other providers as seed mailboxes.",
  },
  placement_seed_suppressed: {
    status: 422,
    says: "Your team never emails these seed mailboxes: {addresses}. They are on the Do not email list.",
    fix: "Remove them from the list, or choose other seed mailboxes.",
  },
  placement_stays_here: {
    status: 422,
    says: "Emails of this mailbox stay in the test inbox and reach no provider, so their place cannot be tested.",
  },
  placement_too_many: {
    status: 422,
    says: "Ten placement tests are running. Wait until one is finished.",
  },
  mail_host_refused: {
    status: 422,
    says: "Cadenza is not allowed to connect to this mail server.",
    fix: "To allow a private mail server, the operator lists it in CADENZA_MAIL_ALLOW.",
  },
  plaintext_mail_refused: {
    status: 422,
    says: "Without TLS, Cadenza connects only to mail servers on the same machine.",
    fix: "Choose tls or starttls, or ask the operator to set CADENZA_ALLOW_PLAINTEXT_MAIL=1.",
  },
  tracking_domain_unusable: {
    status: 422,
    says: "{domain} is not a domain name.",
    fix: "Send a name such as links.example.com.",
  },
  tracking_domain_own: {
    status: 422,
    says: "{domain} is the address of Cadenza itself. Links stand under it without a tracking domain.",
    fix: "Choose a name under your own domain, such as links.example.com.",
  },
  tracking_domain_taken: { status: 422, says: "{domain} is a tracking domain already." },
  tracking_domain_unknown: { status: 422, says: "There is no tracking domain with the ID {id}." },
  too_many_tracking_domains: { status: 422, says: "A team can have at most {limit} tracking domains." },
  mail_servers_not_found: {
    status: 422,
    says: "No mail servers were found for {domain}.",
    fix: "Send smtp and imap with the servers that your email provider lists.",
  },
  mail_provider_closed: {
    status: 422,
    says: "{provider} does not let other programs send or read its mailboxes.",
    fix: "Connect a mailbox at another provider.",
  },
  too_many_connection_tests: {
    status: 429,
    asMessage: true,
    says: "Too many connection tests. Try again in {seconds} seconds.",
  },
  sign_in_not_set_up: {
    status: 422,
    says: "Your team has not set up signing in with {provider}.",
    fix: "An admin enters the client ID and secret under Settings, Mailbox sign-in.",
  },
  sign_in_secret_needed: {
    status: 422,
    says: "With another client ID, enter the secret again.",
    fix: "{provider} shows a secret only once. Create a new one if you have not kept it.",
  },
  sign_in_tenant_unknown: { status: 422, says: "Only Microsoft has tenants. Leave tenant out for Google." },
  sign_in_unknown: {
    status: 422,
    says: "This sign-in was not started here. It can only be finished in the browser session, or with the API key, that started it.",
    fix: "Start the sign-in again.",
  },
  sign_in_used: { status: 422, says: "This sign-in is finished already.", fix: "Start the sign-in again." },
  sign_in_expired: {
    status: 422,
    says: "This sign-in took longer than 15 minutes.",
    fix: "Start the sign-in again.",
  },
  sign_in_denied: {
    status: 422,
    says: "The sign-in with {provider} was cancelled, or the permission was refused.",
    fix: "Start the sign-in again and allow access. A company's admin may have to allow the application first.",
  },
  sign_in_failed: {
    status: 422,
    says: "{provider} did not complete the sign-in: {said}.",
    fix: "Start the sign-in again.",
  },
  sign_in_client_rejected: {
    status: 422,
    says: "{provider} does not accept your team's client ID and secret ({code}).",
    fix: "The secret is mistyped or has expired, or its ID was entered instead of its value. An admin enters another one under Settings, Mailbox sign-in.",
  },
  sign_in_directory_unknown: {
    status: 422,
    says: "Microsoft knows no directory {tenant}.",
    fix: "Copy the Directory (tenant) ID from the application's Overview.",
  },
  sign_in_directory_needed: {
    status: 422,
    says: "Microsoft lets only accounts of one directory use this application.",
    fix: "Copy the Directory (tenant) ID from the application's Overview.",
  },
  sign_in_application_unknown: {
    status: 422,
    says: "The directory {tenant} has no application with this client ID.",
    fix: "Copy the Application (client) ID and the Directory (tenant) ID from the application's Overview.",
  },
  sign_in_provider_unreachable: {
    status: 502,
    says: "{provider} could not be reached ({why}).",
    fix: "Send the same request again in a moment. The sign-in is kept.",
  },
  sign_in_scope_missing: {
    status: 422,
    says: "{provider} did not grant all permissions that the mailbox needs. Missing: {scopes}.",
    fix: "Start the sign-in again and leave all permissions checked.",
  },
  sign_in_not_lasting: {
    status: 422,
    says: "{provider} gave no refresh token, so the mailbox would disconnect within an hour.",
    fix: "Remove Cadenza's access in the account's security settings, then start the sign-in again.",
  },
  sign_in_token_unreadable: {
    status: 422,
    says: "{provider} sent no ID token that can be read, so it is not known who signed in.",
    fix: "Start the sign-in again.",
  },
  sign_in_other_issuer: {
    status: 422,
    says: "The ID token was not issued by the sign-in service of {provider} that Cadenza asked.",
    fix: "The operator checks CADENZA_MICROSOFT_GRAPH_URL: clouds for governments have a sign-in service of their own.",
  },
  sign_in_other_directory: {
    status: 422,
    says: "The account belongs to another directory than the one under Mailbox sign-in.",
    fix: "Sign in with an account of that directory, or correct the Directory (tenant) ID.",
  },
  sign_in_token_of_another: {
    status: 422,
    says: "The ID token of {provider} belongs to another sign-in or another application.",
    fix: "Start the sign-in again.",
  },
  sign_in_token_expired: {
    status: 422,
    says: "The ID token of {provider} has expired already.",
    fix: "The operator checks the clock of this server. Then start the sign-in again.",
  },
  sign_in_address_unconfirmed: {
    status: 422,
    says: "The email address of this account is not confirmed at {provider}.",
    fix: "Confirm it there, then start the sign-in again.",
  },
  sign_in_without_address: {
    status: 422,
    says: "{provider} did not say which email address signed in.",
    fix: "Start the sign-in again with an account that has a confirmed email address.",
  },
  sign_in_other_address: {
    status: 422,
    says: "You signed in as {other}, but this mailbox is {email}.",
    fix: "Start the sign-in again and choose {email}.",
  },
  graph_not_at_microsoft: {
    status: 422,
    says: "Only mailboxes of Microsoft are connected by Microsoft Graph.",
    fix: "Leave connected_by out.",
  },
  gmail_not_at_google: {
    status: 422,
    says: "Only mailboxes of Google are connected by the Gmail API.",
    fix: "Leave connected_by out.",
  },
  graph_without_servers: {
    status: 422,
    says: "A mailbox that is connected by Microsoft Graph or the Gmail API has no servers of its own.",
    fix: "Leave smtp and imap out, or send connected_by as smtp_imap.",
  },
  graph_unreachable: {
    status: 422,
    says: "Microsoft Graph could not be reached, or does not know the mailbox.",
  },
  gmail_unreachable: {
    status: 422,
    says: "The Gmail API could not be reached, or the account has no Gmail.",
  },
  gmail_auth_failed: { status: 422, says: "The Gmail API did not accept the sign-in." },
  graph_auth_failed: { status: 422, says: "Microsoft Graph did not accept the sign-in." },
  smtp_unreachable: { status: 422, says: "The SMTP server could not be reached." },
  smtp_timed_out: { status: 422, says: "The SMTP server did not answer in time." },
  smtp_tls_failed: { status: 422, says: "The connection to the SMTP server could not be made secure." },
  smtp_auth_failed: { status: 422, says: "The SMTP server did not accept the sign-in." },
  imap_unreachable: { status: 422, says: "The IMAP server could not be reached." },
  imap_timed_out: { status: 422, says: "The IMAP server did not answer in time." },
  imap_tls_failed: { status: 422, says: "The connection to the IMAP server could not be made secure." },
  imap_auth_failed: { status: 422, says: "The IMAP server did not accept the sign-in." },
} as const satisfies Record<string, RefusalEntry>;
