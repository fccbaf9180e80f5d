import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { shellFiles } from "./worker/shell-files.ts";

const packages = (...names: string[]) => new RegExp(`node_modules[\\\\/](?:${names.join("|")})[\\\\/]`);

const ALWAYS = [
  "query-core",
  "react-query",
  "react-router",
  "router-core",
  "history",
  "store",
  "react-store",
].map((name) => `@tanstack[\\\\/]${name}`);

export default defineConfig({
  plugins: [react(), shellFiles()],
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: "es2023",
    // Nothing as data: in the page or the styles: the policy allows scripts and fonts from files only.
    assetsInlineLimit: 0,
    // Every browser we serve preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", "service-worker": "worker/service-worker.ts" },
      output: {
        // Browsers find the service worker by its address, so it has no hash.
        entryFileNames: ({ name }) =>
          name === "service-worker" ? "service-worker.js" : "assets/[name]-[hash].js",
        codeSplitting: {
          // What changes only with an upgrade of ours stays in the browser's cache between releases.
          groups: [
            // Tables and long lists are for pages that have one: they come with the first of those.
            // Named first, or it would lie in the contract's, and every page would load all of it.
            { name: "languages", test: /[\\/]contract[\\/]languages\.ts$/, priority: 1 },
            { name: "react", test: packages("react", "react-dom", "scheduler", ...ALWAYS) },
            {
              name: "lists",
              test: packages("@tanstack[\\\\/](?:react-virtual|virtual-core)"),
            },
            { name: "contract", test: /node_modules[\\/]zod[\\/]|[\\/]contract[\\/]/ },
          ],
        },
      },
    },
  },
});
