import { useSyncExternalStore } from "react";
import { type CollectionState, collectionState, onCollectionChange } from "./collection-store.ts";

const LOADING: CollectionState = { kind: "loading" };

/** The collection as the page knows it; loaded when it is first used. */
export function useCollection(): CollectionState {
  return useSyncExternalStore(onCollectionChange, collectionState, () => LOADING);
}
