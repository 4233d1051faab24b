import { editor, KeyCode, KeyMod } from "monaco-editor/editor";
import type { Language } from "../../lib/editor/language.ts";
import type { Problem } from "../../lib/schema/problem.ts";
import { rangeOf, setLanguage, setProblems } from "./monaco-providers.ts";
import { languageId, setUpMonaco } from "./monaco-setup.ts";

/** The places of the text area that Monaco takes over from. */
export interface MonacoStart {
  readonly area: HTMLTextAreaElement;
  readonly label: string;
  /** Id of the element that tells the keys. */
  readonly describedBy: string;
}

export interface MonacoEvents {
  onChange(text: string): void;
  onRun(): void;
  /** Escape, with nothing open that it would close. */
  onLeave(): void;
}

export interface MonacoHandle {
  /** Replaces the text, undoable. Nothing happens where it is the same. */
  setText(text: string): void;
  setLanguage(language: Language): void;
  setProblems(problems: readonly Problem[]): void;
  select(offset: number, length: number): void;
  dispose(): void;
}

/** Puts Monaco in `host` with the text, selection, scroll position, font and focus of the text area. */
export function mountMonaco(host: HTMLElement, start: MonacoStart, events: MonacoEvents): MonacoHandle {
  setUpMonaco();
  const { area } = start;
  const style = getComputedStyle(area);
  const model = editor.createModel(area.value, languageId);
  model.setEOL(editor.EndOfLineSequence.LF);
  const view = editor.create(host, {
    model,
    ariaLabel: start.label,
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    lineHeight: Number.parseFloat(style.lineHeight),
    padding: { top: Number.parseFloat(style.paddingTop), bottom: Number.parseFloat(style.paddingBottom) },
    // Folding takes 16 px beside the decorations.
    lineDecorationsWidth: Number.parseFloat(style.paddingLeft) - 16,
    ...plain,
  });
  view.setSelection(rangeOf(model, area.selectionStart, area.selectionEnd - area.selectionStart));
  view.setScrollPosition({ scrollTop: area.scrollTop, scrollLeft: area.scrollLeft });
  host.querySelector("[role=textbox], textarea")?.setAttribute("aria-describedby", start.describedBy);
  if (document.activeElement === area) view.focus();
  void document.fonts.ready.then(() => editor.remeasureFonts());

  let applying = false;
  model.onDidChangeContent(() => {
    if (!applying) events.onChange(model.getValue());
  });
  view.addAction({
    id: "playground.run",
    label: "Run",
    keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
    run: () => events.onRun(),
  });
  view.addAction({
    id: "playground.leave",
    label: "Leave the editor",
    keybindings: [KeyCode.Escape],
    keybindingContext: nothingOpen,
    run: () => events.onLeave(),
  });
  return {
    setText(text) {
      if (text === model.getValue()) return;
      applying = true;
      view.pushUndoStop();
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      view.pushUndoStop();
      applying = false;
    },
    setLanguage: (language) => setLanguage(model, language),
    setProblems: (problems) => setProblems(model, problems),
    select(offset, length) {
      const range = rangeOf(model, offset, length);
      view.setSelection(range);
      view.revealRangeInCenterIfOutsideViewport(range);
      view.focus();
    },
    dispose() {
      view.dispose();
      model.dispose();
    },
  };
}

const plain: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  autoSurround: "never",
  contextmenu: false,
  fixedOverflowWidgets: true,
  folding: true,
  fontLigatures: false,
  glyphMargin: false,
  guides: { indentation: false },
  hideCursorInOverviewRuler: true,
  hover: { above: false },
  lineNumbers: "off",
  links: false,
  minimap: { enabled: false },
  occurrencesHighlight: "off",
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  quickSuggestions: { other: true, strings: true, comments: false },
  renderLineHighlight: "none",
  scrollBeyondLastColumn: 2,
  scrollBeyondLastLine: false,
  scrollbar: {
    alwaysConsumeMouseWheel: false,
    useShadows: false,
    verticalScrollbarSize: 10,
    horizontalScrollbarSize: 10,
  },
  selectionHighlight: false,
  stickyScroll: { enabled: false },
  suggest: { showWords: false, preview: false, showStatusBar: false },
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  unicodeHighlight: { ambiguousCharacters: false },
  wordBasedSuggestions: "off",
} as const;

/** Escape first closes what is open; then it leaves. */
const nothingOpen = [
  "!suggestWidgetVisible",
  "!findWidgetVisible",
  "!editorHoverVisible",
  "!inSnippetMode",
  "!editorHasSelection",
  "!editorHasMultipleSelections",
].join(" && ");
