"use client";

import "./tokens.css";
import "./globals.css";

/** In place of the whole page, where one failed while it was shown. */
export default function GlobalError({ error }: { readonly error: Error }) {
  return (
    <html lang="en">
      <body>
        <main className="reading" role="alert">
          <h1>This page failed</h1>
          <p>
            <code>{error.message}</code>
          </p>
          <p>
            A call that ran may have been carried out: look before you repeat it.{" "}
            <a href={typeof location === "undefined" ? "/" : location.pathname}>Load the page again</a>
          </p>
        </main>
      </body>
    </html>
  );
}
