import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  devIndicators: false,
  // The packages are the project's.
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
};
