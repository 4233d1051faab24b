/** The reply of `GET /api/live?profile=<id>`: whether the profile's daemon answers, from the config's `live` method. */
export type LiveStatus =
  | { readonly kind: "up"; readonly height: string | null; readonly version: string | null }
  | { readonly kind: "down"; readonly message: string };
