/** Stands in for the page that Next shows where even `global-error.tsx` could not be. */
export default function RootError() {
  return (
    <html id="__next_error__" lang="en">
      <body>
        <h1>This page failed</h1>
        <p>A call that ran may have been carried out: look before you repeat it. Then load the page again.</p>
      </body>
    </html>
  );
}
