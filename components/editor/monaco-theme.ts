import { editor } from "monaco-editor/editor";

const name = "playground";

/** Gives Monaco the site's colours, and again whenever the theme changes. */
export function followTheme(): void {
  apply();
  new MutationObserver(apply).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
}

function apply(): void {
  const colors = readColors();
  const { color } = colors;
  const dark = isDark(color("--bg-code"));
  editor.defineTheme(name, {
    base: dark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("", color("--text")),
      rule("key", color("--syn-key")),
      rule("string", color("--syn-string")),
      rule("number", color("--syn-number")),
      rule("keyword", color("--syn-number")),
      rule("comment", color("--syn-comment")),
      rule("delimiter", color("--text-2")),
    ],
    colors: {
      "editor.background": color("--bg-code"),
      "editor.foreground": color("--text"),
      "editorCursor.foreground": color("--accent"),
      "editor.selectionBackground": `${color("--accent")}40`,
      "editor.lineHighlightBackground": color("--bg-code"),
      "editor.lineHighlightBorder": color("--bg-code"),
      "editorBracketMatch.background": color("--bg-active"),
      "editorBracketMatch.border": color("--line-strong"),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, color("--text-2")]),
      ),
      "editorIndentGuide.background1": color("--line"),
      "editorIndentGuide.activeBackground1": color("--line-strong"),
      "editorError.foreground": color("--error"),
      "editorWarning.foreground": color("--warn"),
      "editorWidget.background": color("--bg"),
      "editorWidget.foreground": color("--text"),
      "editorWidget.border": color("--line-strong"),
      "editorHoverWidget.background": color("--bg"),
      "editorHoverWidget.foreground": color("--text"),
      "editorHoverWidget.border": color("--line-strong"),
      "menu.background": color("--bg"),
      "menu.foreground": color("--text"),
      "menu.border": color("--line-strong"),
      "list.focusBackground": color("--bg-active"),
      "list.focusForeground": color("--text"),
      "list.hoverBackground": color("--bg-hover"),
      "editorSuggestWidget.background": color("--bg"),
      "editorSuggestWidget.foreground": color("--text"),
      "editorSuggestWidget.border": color("--line-strong"),
      "editorSuggestWidget.selectedBackground": color("--bg-active"),
      "editorSuggestWidget.selectedForeground": color("--text"),
      "editorSuggestWidget.highlightForeground": color("--accent-text"),
      "editorSuggestWidget.focusHighlightForeground": color("--accent-text"),
      "textCodeBlock.background": color("--bg-hover"),
      "textLink.foreground": color("--accent-text"),
      "scrollbarSlider.background": `${color("--text-3")}40`,
      "scrollbarSlider.hoverBackground": `${color("--text-3")}60`,
      "scrollbarSlider.activeBackground": `${color("--text-3")}80`,
      focusBorder: color("--accent"),
      "input.background": color("--bg-code"),
      "input.foreground": color("--text"),
      "input.border": color("--line-strong"),
    },
  });
  editor.setTheme(name);
  colors.done();
}

function rule(token: string, foreground: string): editor.ITokenThemeRule {
  return { token, foreground: foreground.slice(1) };
}

/** Reads tokens as `#rrggbb`, each once: only an element's own colour resolves `light-dark()`. */
function readColors(): { readonly color: (token: string) => string; readonly done: () => void } {
  const probe = document.createElement("span");
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const known = new Map<string, string>();
  const read = (token: string) => {
    probe.style.color = `var(${token})`;
    const channels = style.color.match(/\d+(\.\d+)?/g) ?? [];
    return `#${channels
      .slice(0, 3)
      .map((channel) => Math.round(Number(channel)).toString(16).padStart(2, "0"))
      .join("")}`;
  };
  return {
    color: (token) => {
      const color = known.get(token) ?? read(token);
      known.set(token, color);
      return color;
    },
    done: () => probe.remove(),
  };
}

function isDark(color: string): boolean {
  return Number.parseInt(color.slice(3, 5), 16) < 128;
}
