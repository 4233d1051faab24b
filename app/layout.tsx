import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./tokens.css";
import "./globals.css";
import { FollowLinks } from "../components/shell/follow-links.tsx";
import { Footer } from "../components/shell/footer.tsx";
import { Header } from "../components/shell/header.tsx";
import { KeyboardHelp } from "../components/shell/keyboard-help.tsx";
import { Navigation } from "../components/shell/navigation.tsx";
import { ProfileProvider } from "../components/shell/profile-context.tsx";
import { APPLY_THEME } from "../components/shell/theme.ts";
import config from "../playground.config.ts";
import { loadNavigation } from "./load-navigation.ts";

export const metadata: Metadata = {
  title: { default: "Pool Playground", template: "%s · Pool Playground" },
  description: `The ${config.apis[0].title} API: a reference with an editor on every method that runs it live.`,
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const navigation = await loadNavigation();
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Before the first paint, so that a chosen theme does not flash. The CSP allows it by its hash. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours */}
        <script dangerouslySetInnerHTML={{ __html: APPLY_THEME }} />
      </head>
      <body>
        <a className="skip-link" href="#main">
          Skip to content
        </a>
        <ProfileProvider>
          <Header />
          <div className="shell">
            <Navigation start={navigation.start} apis={navigation.apis} />
            <main id="main" tabIndex={-1}>
              {children}
              <Footer sources={navigation.sources} />
            </main>
          </div>
        </ProfileProvider>
        <KeyboardHelp />
        <FollowLinks />
      </body>
    </html>
  );
}
