/** The one name of `next/dist/lib/constants` that the browser asks for; all others are for the server. */
export const NEXT_NAV_DEPLOYMENT_ID_HEADER = "x-nextjs-deployment-id";
