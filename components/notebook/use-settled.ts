import { useEffect, useState } from "react";

const SETTLE_MS = 400;

/** Whether it has been on for a moment: what is over at once does not flash, and a double click is not two presses. */
export function useSettled(on: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      setSettled(false);
    };
  }, [on]);
  return on && settled;
}
