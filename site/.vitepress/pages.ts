// What stands where in the navigation. Every page of docs/ has its place here; site.test.ts sees to it.

type Group = { text: string; pages: readonly (readonly [path: string, name: string])[] };

export const GROUPS: readonly Group[] = [
  {
    text: "Get started",
    pages: [
      ["start/install", "Install"],
      ["start/mailbox", "Connect a mailbox"],
      ["start/google", "Sign in with Google"],
      ["start/microsoft", "Sign in with Microsoft"],
      ["start/import", "Import contacts"],
      ["start/sequence", "Your first sequence"],
    ],
  },
  {
    text: "Guides",
    pages: [
      ["guides/columns", "Columns"],
      ["guides/search", "Search"],
      ["guides/why", "Why an email waits"],
      ["guides/variables", "Variables"],
      ["guides/reputation", "Sender reputation"],
      ["guides/respect", "Contact frequency limits"],
      ["guides/incoming-mail", "Incoming email"],
      ["guides/unsubscribing", "Unsubscribing"],
      ["guides/conversations", "Conversations"],
      ["guides/forecast", "Forecast"],
      ["guides/imports", "Imports"],
      ["guides/sequences-as-code", "Sequences as code"],
      ["guides/scoring", "Score"],
      ["guides/workflows", "Workflows"],
      ["guides/copilot", "Copilot"],
      ["guides/language-model", "Language model"],
      ["guides/reports", "Reports"],
      ["guides/time-travel", "Time travel"],
      ["guides/people", "People database"],
      ["guides/enrichment", "Enrichment"],
      ["guides/verification", "Verifying addresses"],
      ["guides/credits", "Credits"],
      ["guides/catcher", "Test inbox"],
    ],
  },
  {
    text: "Apollo compatibility",
    pages: [
      ["apollo/moving", "Move an Apollo client"],
      ["apollo/compat", "Compatibility"],
      ["apollo/parity", "Parity"],
    ],
  },
  {
    text: "API reference",
    pages: [
      ["api/reference", "Calls"],
      ["api/sdk", "SDK"],
      ["api/cli", "Command line"],
      ["api/agents", "Agents"],
      ["api/n8n", "n8n"],
      ["api/oauth", "OAuth"],
      ["api/webhooks", "Webhooks"],
    ],
  },
  {
    text: "Operate",
    pages: [
      ["operate/configuration", "Configuration"],
      ["operate/start", "Start problems"],
      ["operate/postgresql", "Your own PostgreSQL"],
      ["operate/proxy", "Reverse proxy and TLS"],
      ["operate/containers", "Containers"],
      ["operate/backups", "Backups"],
      ["operate/upgrade", "Upgrade"],
      ["operate/releasing", "Make a release"],
      ["operate/monitoring", "Monitoring"],
      ["operate/metrics", "Metrics"],
      ["operate/alerts", "Dashboard and alerts"],
      ["operate/sql-views", "SQL views"],
    ],
  },
  {
    text: "Understand",
    pages: [
      ["understand/delivery", "Delivery"],
      ["understand/glossary", "Glossary"],
      ["understand/reader", "How replies are read"],
      ["understand/architecture", "Architecture"],
      ["understand/decisions", "Decisions"],
      ["understand/benchmarks", "Benchmarks"],
      ["understand/torture", "Fault tests"],
    ],
  },
];
