/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked by `npm run check`, over the whole tree and not only over what the site imports.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  devIndicators: false,
  // What Next brings along for browsers that could not run the rest of the site, and for what the site does not do. By the
  // names under which Next's own files ask for them: where a new Next has others, it brings its own again.
  turbopack: {
    resolveAlias: {
      "../build/polyfills/polyfill-module": "./app/next-parts/no-polyfills.ts",
      "./reducers/server-action-reducer": "./app/next-parts/no-server-actions.ts",
      "./builtin/global-error": "./app/next-parts/root-error.tsx",
      "../components/builtin/global-error": "./app/next-parts/root-error.tsx",
      "./graceful-degrade-boundary": "./app/next-parts/no-bots.tsx",
      "./redirect-boundary": "./app/next-parts/no-redirects.tsx",
      "next/dist/compiled/process": "./app/next-parts/no-process.ts",
      "../../../lib/constants": { browser: "./app/next-parts/deployment-header.ts" },
      "./interception-routes": { browser: "./app/next-parts/no-interceptions.ts" },
      "../../../shared/lib/router/utils/interception-routes": {
        browser: "./app/next-parts/no-interceptions.ts",
      },
      "../../../../shared/lib/router/utils/interception-routes": {
        browser: "./app/next-parts/no-interceptions.ts",
      },
    },
  },
  // While a page gives way to the next there is no link to the icon, and a browser asks for it by its old name.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
};
