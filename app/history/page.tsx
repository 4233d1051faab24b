import type { Metadata } from "next";
import { HistoryPage } from "../../components/history/history-page.tsx";
import { methodPages } from "../method-pages.ts";

export const metadata: Metadata = {
  title: "History",
  description: "The calls that were run in this browser.",
};

export default async function Page() {
  return (
    <article className="reading prose">
      <h1>History</h1>
      <p>
        What was run in this browser, on every profile. It stays here: requests without what looks like a
        secret, no metadata, and no reply of a method whose replies are secrets.
      </p>
      <HistoryPage pages={await methodPages()} />
    </article>
  );
}
