import { useEffect } from "react";
import { isTyping } from "../shell/is-typing.ts";

/** While a write is under way the browser asks before the page goes: what came of it would not be heard. */
export function useLeaveGuard(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const ask = (event: Event) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [on]);
}

/** Esc cancels a run, unless it is typed into something or closes a dialog. */
export function useCancelKey(running: boolean, cancel: () => void): void {
  useEffect(() => {
    if (!running) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") === null) cancel();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [running, cancel]);
}
