"use client";

import { useRef } from "react";

const TEXT = '{\n  "account_value": "1000000",\n  "conf_target": 6\n}';

/** A text area that Monaco takes the place of once it is focused: as the playground does it, and nothing else. */
export default function Page() {
  const host = useRef(null);
  const begun = useRef(false);

  async function load() {
    if (begun.current) return;
    begun.current = true;
    const { mount } = await import("../mount.js");
    mount(host.current, TEXT);
  }

  return (
    <>
      <textarea defaultValue={TEXT} onFocus={() => void load()} />
      <div ref={host} style={{ height: 300 }} />
    </>
  );
}
