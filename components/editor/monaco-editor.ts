import { editor, KeyCode, KeyMod } from "monaco-editor/editor";
import type { Hint } from "../../lib/editor/hints.ts";
import type { Language } from "../../lib/editor/language.ts";
import type { Problem, TextEdit } from "../../lib/schema/problem.ts";
import { hintLayer } from "./monaco-hints.ts";
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
  /** The cursor is at this offset now. */
  onCursor(offset: number): void;
  /** F12, or Ctrl or Cmd with a click: the page of the type at this offset is wanted. */
  onOpenType(offset: number): void;
  /** Alt and L: the value at the cursor is wanted in other words. */
  onLenses(): void;
}

export interface MonacoHandle {
  /** Replaces the text, undoable. Nothing happens where it is the same. */
  setText(text: string): void;
  setLanguage(language: Language): void;
  setProblems(problems: readonly Problem[]): void;
  /** Words beside values. They stay beside them while the text is typed. */
  setHints(hints: readonly Hint[]): void;
  /** Edits the text, undoable as one step. The events tell of the change. */
  edit(edits: readonly TextEdit[]): void;
  focus(): void;
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
  view.onDidChangeCursorPosition(({ position }) => events.onCursor(model.getOffsetAt(position)));
  view.onMouseDown(({ event, target }) => {
    if (!(event.ctrlKey || event.metaKey) || !event.leftButton) return;
    if (target.type !== editor.MouseTargetType.CONTENT_TEXT || target.position === null) return;
    event.preventDefault();
    events.onOpenType(model.getOffsetAt(target.position));
  });
  const setHints = hintLayer(view, model);
  // Monaco has another key for it on Linux: here it is the same everywhere.
  view.addAction({
    id: "playground.format",
    label: "Format",
    keybindings: [KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF],
    run: () => view.getAction("editor.action.formatDocument")?.run(),
  });
  view.addAction({
    id: "playground.type",
    label: "Go to the type's page",
    keybindings: [KeyCode.F12],
    run: () => {
      const position = view.getPosition();
      if (position !== null) events.onOpenType(model.getOffsetAt(position));
    },
  });
  view.addAction({
    id: "playground.lenses",
    label: "Show the value in other words",
    keybindings: [KeyMod.Alt | KeyCode.KeyL],
    run: () => events.onLenses(),
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
      const change = difference(model.getValue(), text);
      if (change === null) return;
      applying = true;
      view.pushUndoStop();
      const range = rangeOf(model, change.offset, change.length);
      model.pushEditOperations([], [{ range, text: change.text }], () => null);
      view.pushUndoStop();
      applying = false;
    },
    setLanguage: (language) => setLanguage(model, language),
    setProblems: (problems) => setProblems(model, problems),
    setHints,
    edit(edits) {
      view.pushUndoStop();
      view.executeEdits(
        "playground",
        edits.map(({ offset, length, text }) => ({ range: rangeOf(model, offset, length), text })),
      );
      view.pushUndoStop();
    },
    focus: () => view.focus(),
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

/** The one edit between two texts, so that what is beside the rest of the text stays there; null where they are the same. */
function difference(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { offset: start, length: before.length - end - start, text: after.slice(start, after.length - end) };
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
  lightbulb: { enabled: editor.ShowLightbulbIconMode.Off },
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
  "!codeActionMenuVisible",
  "!markersNavigationVisible",
  "!inSnippetMode",
  "!editorHasSelection",
  "!editorHasMultipleSelections",
].join(" && ");
