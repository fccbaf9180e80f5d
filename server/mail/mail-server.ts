// A mail server as a mailbox names it, and how it lets the mailbox in.

export type Server = { host: string; port: number; security: "tls" | "starttls" | "none" };

export type MailLogin =
  | { kind: "password"; username: string; password: string }
  | { kind: "oauth"; username: string; accessToken: string };
