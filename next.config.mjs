/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked by `npm run check`, over the whole tree and not only over what the site imports.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  devIndicators: false,
  // Every browser that runs the rest of the site has what Next would bring along for older ones.
  turbopack: { resolveAlias: { "../build/polyfills/polyfill-module": "./app/no-polyfills.ts" } },
  // While a page gives way to the next there is no link to the icon, and a browser asks for it by its old name.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
};
