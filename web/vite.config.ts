import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const packages = (...names: string[]) => new RegExp(`node_modules[\\\\/](?:${names.join("|")})[\\\\/]`);

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: "es2023",
    // Nothing as data: in the page or the styles: the policy allows scripts and fonts from files only.
    assetsInlineLimit: 0,
    // Every browser we serve preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What changes only with an upgrade of ours stays in the browser's cache between releases.
          groups: [
            { name: "react", test: packages("react", "react-dom", "scheduler", "@tanstack") },
            { name: "contract", test: /node_modules[\\/]zod[\\/]|[\\/]contract[\\/]/ },
          ],
        },
      },
    },
  },
});
