import { SearchLauncher } from "../search/search-launcher.tsx";
import styles from "./header.module.css";
import { LiveStatusPill, MainnetBar } from "./live-status.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

export function Header() {
  return (
    <header className={styles.header}>
      <MainnetBar />
      <a href="/" className={styles.wordmark}>
        Pool <span>Playground</span>
      </a>
      <SearchLauncher />
      <div className={styles.right}>
        <LiveStatusPill />
        <ThemeToggle />
      </div>
    </header>
  );
}
